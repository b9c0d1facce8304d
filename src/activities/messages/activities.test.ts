import { MockActivityEnvironment } from '@temporalio/testing';
import type { LogMetadata } from '@temporalio/common';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCoupaSandbox, startMoveworksSandbox } from '../../../sandbox/index.ts';
import { coupaControl, moveworksControl } from '../../../test/support/sandbox-control.ts';
import { createMoveworksClient } from '../../connectors/moveworks/client.ts';
import { guideCardFields } from '../../contract/card-fields.ts';
import type { SendCardInput, TellHolderInput } from '../../contract/message-inputs.ts';
import type { Sheet } from '../../contract/observation.ts';
import { Secret } from '../../contract/secret.ts';
import { createReferences } from '../../references/references.ts';
import { clientOf, tenantCredential } from '../coupa/fixtures/tenant.ts';
import { createMessageActivities, type MessageDeps } from './activities.ts';

const eventId = '00000000-0000-4000-8000-000000000001';
const noticeEventId = '00000000-0000-4000-8000-000000000002';
const to = { id: 201, name: 'Ada Prover', address: 'ada.prover@example.test' };

function sheetOf(requisitionId: number): Sheet {
  return {
    requisitionId,
    title: 'Laptops',
    status: 'pending_approval',
    justification: null,
    submittedAt: null,
    needByDate: null,
    department: null,
    costCentre: null,
    requester: { id: 101, name: 'Rhea Quester', address: 'rhea.quester@example.test' },
    createdBy: null,
    facts: { total: '12', currency: 'USD', lines: [] },
    factsHash: 'h',
    updatedAt: null,
  };
}

/** Activities over a simulated Moveworks and a simulated Coupa with one pending requisition. */
async function setUp(
  more: Partial<MessageDeps> = {},
  optionalScopes: readonly string[] = ['core.comment.read'],
) {
  const coupaSandbox = await startCoupaSandbox({ ...tenantCredential, requestsPerSecond: 0 });
  const moveworksSandbox = await startMoveworksSandbox({
    apiKey: 'moveworks-api-key',
    requestsPerMinute: 0,
    events: [
      { id: eventId, kind: 'decision', slots: ['approval_id'] },
      { id: noticeEventId, kind: 'notice', slots: [] },
    ],
  });
  onTestFinished(async () => {
    await Promise.all([coupaSandbox.close(), moveworksSandbox.close()]);
  });
  const coupa = coupaControl(coupaSandbox.url);
  const client = clientOf(coupaSandbox.url, {}, { optionalScopes });
  const { requisitionId, approvalId } = await coupa.submit();
  const activities = createMessageActivities({
    moveworks: createMoveworksClient({
      baseUrl: moveworksSandbox.url,
      auth: { kind: 'apiKey', apiKey: new Secret('moveworks-api-key') },
      requestsPerMinute: 6_000,
    }),
    references: createReferences([new Secret('test-reference-secret-test-reference-secret')]),
    eventId,
    noticeEventId,
    slots: ['approval_id'],
    notifyRequester: 'all',
    style: {
      mode: 'decide',
      locale: 'en-US',
      timeZone: 'UTC',
      cardFields: guideCardFields,
      coupaBaseUrl: 'https://acme.coupahost.com',
    },
    lastComment: (id, signal) => client.lastComment(id, { signal }),
    ...more,
  });
  const logged: { message: string; meta?: LogMetadata }[] = [];
  const keep = (message: string, meta?: LogMetadata) => logged.push({ message, ...(meta && { meta }) });
  const drop = () => undefined;
  const logger = { log: drop, trace: drop, debug: drop, info: drop, warn: keep, error: keep };
  const sheet = sheetOf(requisitionId);
  const input = { approvalId, cardId: 'c1', to, sheet };
  const run = <Result>(work: () => Promise<Result>) => new MockActivityEnvironment({}, { logger }).run(work);
  return {
    sendCard: (card: SendCardInput) => run(() => activities.sendCard(card)),
    tellHolder: (told: TellHolderInput) => run(() => activities.tellHolder(told)),
    coupa,
    sheet,
    input,
    logged,
    moveworks: moveworksControl(moveworksSandbox.url),
    comment: (text: string) =>
      fetch(`${coupaSandbox.url}/sandbox/requisitions/${requisitionId}/comments`, {
        method: 'POST',
        body: JSON.stringify({ userId: 202, text }),
      }),
    sent: async () => (await moveworksControl(moveworksSandbox.url).messages()).map(({ message }) => message),
    commentRequests: async () =>
      (await coupa.requests()).filter(({ path }) => path.endsWith('/comments')).length,
  };
}

describe('sendCard', () => {
  it('shows the newest comment at the time of sending, escaped', async () => {
    const { sendCard, comment, input, sent } = await setUp();
    await comment('first');
    await sendCard(input);
    await comment('why <four>?');
    await sendCard({ ...input, cardId: 'c2', reminder: { waitedMs: 24 * 60 * 60_000 } });
    const [first, second] = (await sent()).toSorted((a, b) => a.length - b.length);
    expect(first).toContain('- <i>Last Comment</i>: Bo Ss: first\n');
    expect(second).toContain('<b>Reminder: this has waited for your decision for 1 day.</b>');
    expect(second).toContain('- <i>Last Comment</i>: Bo Ss: why &lt;four&gt;?\n');
  });

  it.each([
    ['401', { kind: 'status', status: 401 }],
    ['403', { kind: 'status', status: 403 }],
    ['404', { kind: 'status', status: 404 }],
    ['an outage page', { kind: 'html' }],
    ['a dropped connection', { kind: 'dropBefore' }],
  ])('goes out without the comment when Coupa answers with %s, and warns without names', async (_, fault) => {
    const { sendCard, comment, coupa, input, sent, logged } = await setUp();
    await comment('a secret of Rhea');
    await coupa.fault({ route: 'comments', times: 9, ...fault });
    await sendCard(input);
    await sendCard({ ...input, cardId: 'c2' });
    expect(await sent()).toHaveLength(2);
    expect((await sent()).join()).not.toContain('Last Comment');
    expect(logged.map(({ message }) => message)).toEqual(['a card goes out without its last comment']);
    expect(JSON.stringify(logged)).not.toMatch(/Rhea|Ada|secret/);
  });

  it('asks Coupa for no comment when the card shows none, or when the right to read them is not granted', async () => {
    const style = {
      mode: 'decide' as const,
      locale: 'en-US',
      timeZone: 'UTC',
      cardFields: ['name'] as const,
      coupaBaseUrl: 'https://acme.coupahost.com',
    };
    const bare = await setUp({ style });
    await bare.sendCard(bare.input);
    const poor = await setUp({}, []);
    await poor.sendCard(poor.input);
    expect([await bare.sent(), await poor.sent()].map((messages) => messages.length)).toEqual([1, 1]);
    expect([await bare.commentRequests(), await poor.commentRequests()]).toEqual([0, 0]);
    expect([...bare.logged, ...poor.logged]).toEqual([]);
  });
});

describe('tellHolder', () => {
  const standing = { decisionId: 'd', userId: 202, name: 'Bo Ss', at: '2026-03-02T09:00:00Z' };

  it('sends a notice without buttons to whoever holds the card', async () => {
    const { tellHolder, sheet, moveworks } = await setUp();
    const ending = { outcome: 'rejected', standing: { ...standing, action: 'reject' } } as const;
    expect(await tellHolder({ to, sheet, ending, reason: 'too dear' })).toBe('sent');
    const [notice] = await moveworks.messages();
    expect(notice).toMatchObject({ kind: 'notice', recipients: [to.address], slots: {} });
    expect(notice?.message).toContain('<b>Bo Ss sent back this purchase requisition</b>');
    expect(notice?.message).toContain('- <i>Reason</i>: too dear');
  });

  it('sends nothing without an event for notices, nor to somebody without an address', async () => {
    const { tellHolder, sheet, sent } = await setUp();
    const without = await setUp({ noticeEventId: undefined });
    const ending = { outcome: 'withdrawn' } as const;
    expect(await without.tellHolder({ to, sheet, ending })).toBe('not wanted');
    expect(await tellHolder({ to: { id: 1, name: 'Al' }, sheet, ending })).toBe('not wanted');
    expect([...(await sent()), ...(await without.sent())]).toEqual([]);
  });
});
