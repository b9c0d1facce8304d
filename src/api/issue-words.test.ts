import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { issueWords } from './issue-words.ts';
import { testApi } from './test-api.ts';

describe('what a schema says that has no words of its own', () => {
  const shape = z.object({
    text: z.string().max(2),
    list: z.array(z.string()),
    word: z.enum(['a', 'b']),
    part: z.object({}),
    own: z.string('Our own words.'),
  });

  it.each([
    [{}, ['It is missing.', 'It is missing.', 'It is missing.', 'It is missing.', 'Our own words.']],
    [
      { text: 1, list: {}, word: 'c', part: [], own: 1 },
      ['Not a text.', 'Not a list.', 'It is one of a, b.', 'Not a JSON object.', 'Our own words.'],
    ],
    [
      { text: 'abc', list: [null], word: 1, part: null, own: '' },
      ['It may have 2 characters at most.', 'Not a text.', 'It is one of a, b.', 'Not a JSON object.'],
    ],
  ])('is for whoever sent %j', (sent, words) => {
    const issues = shape.safeParse(sent, { error: issueWords }).error?.issues ?? [];
    expect(issues.map(({ message }) => message)).toEqual(words);
  });

  it.each([
    ['/approvals?state=closed', 'state: It is one of waiting, listed, asked, deciding, stuck.'],
    ['/approvals?limit=101', 'limit: It is a whole number from 1 to 100.'],
    ['/approvals?approver=nobody', 'approver: Neither an e-mail address nor a Coupa user id.'],
    [
      `/approvals?approver=${'1'.repeat(255)}`,
      'approver: It may have 254 characters at most. approver: Neither an e-mail address nor a Coupa user id.',
    ],
    [
      '/approvals?approver=1&approver=2',
      'approver: It is there more than once: which one is meant is not known.',
    ],
    ['/approvals?type=Report&state=asked', /^Only what is decided here has a state: /],
  ])('is told to whoever asks for %s', async (path, line) => {
    const { error } = (await testApi().send('GET', path)).problem();
    expect(error).toEqual(typeof line === 'string' ? line : expect.stringMatching(line));
  });

  it.each([
    [
      '/approvals/70002/approve',
      {},
      /^approver_email: A bare approval id needs the approver's address: send it /,
    ],
    ['/approvals/x/approve', { reason: 7 }, /^reason: Not a text\. ref: Not an approval id /],
    [
      '/approvals/70002/reject?reason=a&reason=b',
      { approver_email: 'a@b.example' },
      /^reason: It is there more than once/,
    ],
    [
      '/approvals/70002/decision',
      { approver_email: 'a@b.example' },
      /^action: Which decision is it\? Send it /,
    ],
  ])('is told to whoever presses %s with %j, no name twice', async (path, body, line) => {
    expect((await testApi().postJson(path, body)).problem().error).toMatch(line);
  });
});
