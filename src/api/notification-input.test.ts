import { describe, expect, it } from 'vitest';
import { notifying, plain } from './test-notifying.ts';

const anything = expect.any(String) as string;

describe('POST /notifications without a context', () => {
  it('is one delivery to everybody, with the message as it came', async () => {
    const { notify, started } = notifying();
    const got = await notify(plain);
    expect(got.status).toBe(200);
    expect(got.json()).toEqual({ status: 'notification_sent' });
    const input = { message: plain.message, deliveries: [{ kind: 'notice', recipients: plain.recipients }] };
    expect(started().map((each) => each.input)).toEqual([input]);
  });

  it('takes the context null that the guide’s own code may send', async () => {
    const { notify, started } = notifying();
    expect((await notify({ ...plain, context: null })).status).toBe(200);
    expect(started()).toHaveLength(1);
  });

  it.each([
    ['one character', { message: 'x' }],
    ['20,000 characters', { message: 'x'.repeat(20_000) }],
    ['500 recipients', { recipients: Array.from({ length: 500 }, (_, n) => `u${n}@example.com`) }],
    ['what it does not know', { extra: 1 }],
    [
      'the most of everything',
      {
        message: '€'.repeat(20_000),
        recipients: Array.from({ length: 500 }, (_, n) => `${'u'.repeat(240)}${n}@ex.example`),
      },
    ],
  ])('takes %s, also escaped as Python writes it', async (_what, more) => {
    const { notify, send } = notifying();
    expect((await notify({ ...plain, ...more })).status).toBe(200);
    const body = JSON.stringify({ ...plain, ...more }).replaceAll('€', '\\u20ac');
    const headers = { 'content-type': 'application/json' };
    expect((await send('POST', '/notifications', { body, headers })).status).toBe(200);
  });
});

describe('what is wrong with a notification', () => {
  it.each([
    [{}, ['/message', '/recipients']],
    [{ ...plain, message: '' }, ['/message']],
    [{ ...plain, message: ' \n' }, ['/message']],
    [{ ...plain, message: 'x'.repeat(20_001) }, ['/message']],
    [{ ...plain, message: 7, recipients: 'jamie@example.com' }, ['/message', '/recipients']],
    [{ ...plain, recipients: [] }, ['/recipients']],
    [{ ...plain, recipients: Array.from({ length: 501 }, (_, n) => `u${n}@example.com`) }, ['/recipients']],
    [
      { ...plain, recipients: ['nobody', 'a@b.example', 7, ' A@B.example ', 'a@b.example'] },
      ['/recipients/0', '/recipients/2', '/recipients/3', '/recipients/4'],
    ],
    // What cannot be seen comes from copying: such an address is nobody's.
    [
      { ...plain, recipients: ['\u200ba@b.example', 'a\0@b.example', 'a@b.example\u202e'] },
      ['/recipients/0', '/recipients/1', '/recipients/2'],
    ],
    [{ ...plain, context: {} }, ['/context/approval_id']],
    [{ ...plain, context: '70002' }, ['/context']],
    [
      { message: '', recipients: ['x'], context: { approval_id: '7.201.c0.x', requisition_id: -1 } },
      ['/message', '/recipients/0', '/context/approval_id', '/context/requisition_id'],
    ],
    [{ ...plain, context: { approval_id: '' } }, ['/context/approval_id']],
    [{ ...plain, context: { approval_id: 1.5 } }, ['/context/approval_id']],
  ])('is listed with every place: %j', async (body, pointers) => {
    const { notify, started } = notifying();
    const got = await notify(body);
    expect(got.problem().status).toBe(422);
    expect(got.problem()['errors']).toEqual(pointers.map((pointer) => ({ pointer, detail: anything })));
    expect(started()).toEqual([]);
  });

  it.each([
    [{}, 'message: It is missing. recipients: It is missing.'],
    [[], 'Not a JSON object.'],
    [{ message: 7, recipients: 'x' }, 'message: Not a text. recipients: Not a list.'],
    [{ ...plain, message: '' }, 'message: It has no character that shows.'],
    [{ ...plain, recipients: [] }, 'recipients: At least one address is needed.'],
    [{ ...plain, recipients: ['a@b.example', 7] }, 'recipients/1: Not a text.'],
    [
      { ...plain, recipients: ['a@b.example', 'A@b.example'] },
      'recipients/1: The same address as recipients/0.',
    ],
    [{ ...plain, context: '7' }, 'context: Not a JSON object.'],
    [{ ...plain, context: {} }, 'approval_id: Not an id: a positive integer, also as a text.'],
    [{ ...plain, recipients: ['a', 'b', 'c', 'd'] }, / recipients\/2: .* And 1 more\.$/],
  ])('is told in one line of our own: %j', async (body, line) => {
    expect((await notifying().notify(body)).problem().error).toEqual(
      typeof line === 'string' ? line : expect.stringMatching(line),
    );
  });

  it('names the header whose key is too long', async () => {
    const got = await notifying().notify(plain, { 'idempotency-key': 'k'.repeat(256) });
    expect(got.problem().error).toBe('idempotency-key: It may have 255 characters at most.');
  });

  it('is a missing body, one that is not JSON, or one above 256 KiB', async () => {
    const { send, started } = notifying();
    const post = (init: RequestInit) => send('POST', '/notifications', init);
    expect((await post({})).problem().status).toBe(422);
    const json = { 'content-type': 'application/json' };
    expect((await post({ body: '{"message"', headers: json })).problem().status).toBe(422);
    expect((await post({ body: 'hi', headers: { 'content-type': 'text/plain' } })).problem().status).toBe(
      415,
    );
    expect((await post({ body: 'x'.repeat(262_145), headers: json })).problem().status).toBe(413);
    expect(started()).toEqual([]);
  });

  it('is a missing key, which is looked at first', async () => {
    const { anonymous } = notifying();
    expect((await anonymous('POST', '/notifications', { body: 'x' })).problem().status).toBe(401);
  });
});
