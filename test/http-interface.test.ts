import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalWorkflowId } from '../src/contract/ids.ts';
import { recheckSignal } from '../src/contract/messages.ts';
import { plainText } from './support/history-text.ts';
import { startStack, type Stack } from './support/stack.ts';
import { until } from './support/until.ts';

let stack: Stack;
beforeAll(async () => {
  // A plugin with merged options; calls made by hand below are those of the guide's own.
  stack = await startStack({ actions: 'decision' });
});
afterAll(async () => {
  await stack.stop();
});

const ada = 'ada.prover@example.test';

/** One call as a plugin makes it, and exactly what it got. */
async function call(method: string, path: string, headers: Record<string, string>, body?: string) {
  const answer = await fetch(`${stack.api.url}${path}`, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, text: await answer.text() };
}

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('a plugin built from the public guide', () => {
  it('finds the health check open', async () => {
    expect(await call('GET', '/', {})).toEqual({ status: 200, text: '{"status":"ok"}' });
  });

  describe.each([
    ['Bearer', 'Bearer test-key-test-key-test-key'],
    ['Basic', basic('chat:test-key-test-key-test-key')],
  ])('with its key as %s', (_scheme, authorization) => {
    const headers = { authorization };
    const json = { ...headers, 'content-type': 'application/json' };

    it('reads what waits, in flat rows with Coupa’s keys', async () => {
      const { requisitionId, approvalId } = await stack.coupa.submit({ chain: [201] });
      await stack.moveworks.card(approvalId);
      const row = await until('the row', async () => {
        const { status, text } = await call('GET', '/approvals', headers);
        expect(status).toBe(200);
        const { data } = JSON.parse(text) as { data: Record<string, unknown>[] };
        return data.find(({ id }) => id === approvalId);
      });
      expect(row).toMatchObject({
        'approvable-id': requisitionId,
        'approvable-type': 'RequisitionHeader',
        status: 'pending_approval',
      });
      expect(row).toHaveProperty('updated-at');
    });

    it('approves with the slot of the card and no body', async () => {
      const { coupa, moveworks } = stack;
      const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
      const slot = await moveworks.card(approvalId);
      const got = await call('POST', `/approvals/${slot}/approve`, headers);
      expect(got.status).toBe(200);
      expect(got.text).toMatch(/^\{"status":"approved"[,}]/);
      expect((await coupa.approval(requisitionId, approvalId)).status).toBe('approved');
    });

    it('rejects with a reason in the query, and with none', async () => {
      const { coupa, moveworks } = stack;
      for (const query of ['?reason=too%20dear', '?reason=', '']) {
        const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
        const slot = await moveworks.card(approvalId);
        const got = await call('POST', `/approvals/${slot}/reject${query}`, json);
        expect(got.status).toBe(200);
        expect(got.text).toMatch(/^\{"status":"rejected"[,}]/);
        const { status, note } = await coupa.approval(requisitionId, approvalId);
        expect(status).toBe('rejected');
        expect(note?.includes('too dear')).toBe(query.includes('dear'));
      }
    });

    it('has other middleware send a message, with and without a context', async () => {
      const { coupa, moveworks } = stack;
      const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
      await moveworks.card(approvalId);
      const message = '<b>📝 Coupa Approval Pending</b>:\n- <i>Items</i>: Laptop\n, Dock\n';
      const sent = { status: 200, text: '{"status":"notification_sent"}' };
      const context = { approval_id: String(approvalId), requisition_id: String(requisitionId) };
      for (const about of [{ context }, { context: null }, {}]) {
        const body = JSON.stringify({ message, recipients: [ada], ...about });
        expect(await call('POST', '/notifications', json, body)).toEqual(sent);
      }
      const [, card] = await moveworks.cards(approvalId);
      expect(card).toMatchObject({ message, recipients: [ada] });
      const got = await call('POST', `/approvals/${card?.slots['approval_id'] ?? ''}/approve`, headers);
      expect(got.text).toMatch(/^\{"status":"approved"[,}]/);
    });
  });

  it('reads one line of plain words under `error` when something is wrong, as in the guide', async () => {
    const headers = { authorization: 'Bearer test-key-test-key-test-key' };
    const got = await call('POST', '/approvals/999999/approve?approver_email=a@example.test', headers);
    expect(got.status).toBe(404);
    expect((JSON.parse(got.text) as { error: string }).error).toBe('No approval 999999 is known here.');
  });
});

describe('a plugin that merges its buttons into one call', () => {
  it.each([
    ['Approve', undefined, 'Done, I approved it.', 'approved'],
    ['Send Back', 'too dear', 'Done, I sent it back.', 'rejected'],
  ])('carries %s out', async (action, reason, said, status) => {
    const { coupa, moveworks, pages } = stack;
    const { requisitionId, approvalId } = await coupa.submit({ chain: [201] });
    await moveworks.card(approvalId);
    const [card] = await moveworks.cards(approvalId);
    const answer = await fetch(`${pages.chat}/chat/press`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ person: ada, message: card?.id, action, reason }),
    });
    expect(await answer.json()).toEqual({ tone: 'done', text: said });
    const row = await coupa.approval(requisitionId, approvalId);
    expect(row.status).toBe(status);
    expect(row.note?.includes('too dear')).toBe(reason !== undefined);
  });
});

describe('nonsense from a vendor', () => {
  /** Every failure that Temporal keeps of an approval: of attempts that ended, and of one that waits to be repeated. */
  async function failures(approvalId: number): Promise<string[]> {
    const handle = stack.client.workflow.getHandle(approvalWorkflowId(approvalId));
    const [{ events }, { raw }] = await Promise.all([handle.fetchHistory(), handle.describe()]);
    const ended = (events ?? []).flatMap((event) => [
      event.activityTaskFailedEventAttributes?.failure,
      event.activityTaskStartedEventAttributes?.lastFailure,
    ]);
    const waiting = (raw.pendingActivities ?? []).map(({ lastFailure }) => lastFailure);
    return [...ended, ...waiting].filter((failure) => failure != null).map(plainText);
  }

  const failed = (approvalId: number) =>
    until('the failure to show', async () => {
      const known = (await stack.api.show(approvalId)).status !== 404;
      return known ? (await failures(approvalId))[0] : undefined;
    });

  /** No body, no secret and nobody's name (P9). */
  const expectHarmless = (failure: string) =>
    expect(failure).not.toMatch(
      /maintenance|<html|<approval|coupa-client-secret|moveworks-api-key|example\.test/i,
    );

  /** Somebody else's approval, from its detection to its end in Coupa. */
  async function approveAnother(): Promise<void> {
    const { coupa, moveworks, api } = stack;
    const { approvalId } = await coupa.submit({ chain: [203] });
    expect((await api.press(await moveworks.card(approvalId))).body.status).toBe('approved');
    expect(await coupa.effects(approvalId)).toHaveLength(1);
  }

  it('HTML in the place of an approval keeps that one waiting to be read again; all others go on', async () => {
    const { coupa, moveworks, api } = stack;
    // So long a wait that nothing below can be after it.
    await coupa.fault({ route: 'approval', kind: 'html', retryAfter: '3000' });
    const { approvalId } = await coupa.submit({ chain: [201] });
    const failure = await failed(approvalId);
    expect(failure).toContain('coupa GET /api/approvals/:id: HTTP 503; try again');
    expect(failure).toContain('"status":503');
    expectHarmless(failure);
    await approveAnother();
    expect((await api.show(approvalId)).body['state']).toBe('waiting');
    expect(await moveworks.cards(approvalId)).toHaveLength(0);
    const { raw } = await stack.client.workflow.getHandle(approvalWorkflowId(approvalId)).describe();
    expect(raw.pendingActivities).toMatchObject([{ attempt: 2 }]);
  });

  it.each([
    ['approval', 'html', 'coupa GET /api/approvals/:id: HTTP 503', 503],
    ['approval', 'xml', 'coupa GET /api/approvals/:id: application/xml came instead of JSON', 200],
    ['requisition', 'truncated', 'coupa GET /api/requisitions/:id: the answer came truncated', 200],
  ])('from %s (%s) is read again, and the approver is asked', async (route, kind, words, status) => {
    const { coupa, moveworks } = stack;
    await coupa.fault({ route, kind });
    const { approvalId } = await coupa.submit({ chain: [201] });
    await moveworks.card(approvalId);
    const failure = await failed(approvalId);
    expect(failure).toContain(words);
    expect(failure).toContain(`"status":${status}`);
    expectHarmless(failure);
  });

  it('a redirect is not followed: the approval is stuck with the reason, and tried again', async () => {
    const { coupa, moveworks, api, client } = stack;
    await coupa.fault({ route: 'approval', kind: 'redirect' });
    const { approvalId } = await coupa.submit({ chain: [201] });
    const failure = await failed(approvalId);
    expect(failure).toContain('coupa GET /api/approvals/:id: HTTP 302, a redirect, which is not followed');
    expectHarmless(failure);
    const stuck = await api.waitFor(approvalId, { state: 'stuck' });
    expect(stuck['stuckReason']).toContain('HTTP 302');
    await approveAnother();
    await client.workflow.getHandle(approvalWorkflowId(approvalId)).signal(recheckSignal);
    await moveworks.card(approvalId);
  });

  it('from Moveworks holds up its own card alone', async () => {
    const { coupa, moveworks, api } = stack;
    await moveworks.fault({ route: 'send', kind: 'redirect' });
    const { approvalId } = await coupa.submit({ chain: [201] });
    const stuck = await api.waitFor(approvalId, { state: 'stuck' });
    expect(stuck['stuckReason']).toContain('moveworks POST /rest/v1/events/:id/messages/send: HTTP 302');
    expectHarmless(await failed(approvalId));
    await approveAnother();
    expect(await moveworks.cards(approvalId)).toHaveLength(0);
  });
});
