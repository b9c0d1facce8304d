import { WorkflowFailedError } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pollScheduleId } from '../src/contract/ids.ts';
import { inMinutes, pollingOf, resultOf, type OnList } from './support/polling.ts';
import { startStack, type Stack } from './support/stack.ts';
import { until } from './support/until.ts';

let stack: Stack;
let polling: ReturnType<typeof pollingOf>;
beforeAll(async () => {
  stack = await startStack({ pollIntervalMs: 60 * 60_000 });
  polling = pollingOf(stack);
  // Only what a test triggers makes passes: no call-out, and no turn of the hour. A trigger overrides the pause.
  await stack.coupa.settings({ callOut: null });
  await stack.client.schedule.getHandle(pollScheduleId).pause();
});
afterEach(() => stack.coupa.clearFaults());
afterAll(async () => {
  await stack.stop();
});

/** An approval that was asked about and then closed, because its requisition was withdrawn: its row stays pending. */
async function closedButPending(): Promise<{ approvalId: number; closedRunId: string }> {
  const { requisitionId, approvalId } = await stack.coupa.submit({ chain: [201] });
  await polling.poll();
  const reference = await stack.moveworks.card(approvalId);
  await stack.coupa.withdraw(requisitionId);
  await stack.api.press(reference);
  await stack.api.waitFor(approvalId, { outcome: 'withdrawn' });
  const closed = await until('the end of the workflow', async () => {
    const run = await polling.runOf(approvalId);
    return run.status === 'COMPLETED' && run;
  });
  expect(await polling.pendingRows(requisitionId)).toEqual([approvalId]);
  return { approvalId, closedRunId: closed.runId };
}

const confirmedWithinMs = 110_000;

describe('what is new', () => {
  it('is found by a quick pass even without dates, which a date filter never matches', async () => {
    const { requisitionId, approvalId } = await stack.coupa.submit({ chain: [201] });
    await stack.coupa.patchApproval(approvalId, { nullDates: true });
    const running = polling.pass('quickPass', inMinutes(0));
    expect((await resultOf(running)).highestSeen).toBeGreaterThanOrEqual(approvalId);
    await stack.moveworks.card(approvalId);
    expect(await stack.moveworks.cards(approvalId)).toHaveLength(1);
    const { lists } = await running;
    const rows = lists.filter((query) => query.has('approvable_type'));
    expect(rows.map((query) => query.has('updated_at[gt_or_eq]'))).toEqual([false, true]);
    expect(await polling.pendingRows(requisitionId)).toEqual([approvalId]);
  });

  it('is found by a quick pass through its date when its id is far below the highest one', async () => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await polling.pass('quickPass', inMinutes(0, { highestSeen: 1_000_000 }));
    await stack.moveworks.card(approvalId);
  });

  it('is found by the full pass where the quick pass misses it (P10)', async () => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await stack.coupa.patchApproval(approvalId, { nullDates: true });
    await polling.pass('quickPass', inMinutes(0, { highestSeen: 1_000_000 }));
    await expect(polling.runOf(approvalId)).rejects.toMatchObject({ name: 'WorkflowNotFoundError' });
    await polling.pass('fullPass', inMinutes(0));
    await stack.moveworks.card(approvalId);
  });

  it('is found by a wake-up, gets one workflow and one card, and is then left alone', async () => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await polling.poll();
    await stack.moveworks.card(approvalId);
    await stack.api.waitFor(approvalId, { state: 'asked' });
    const before = await until('an idle workflow', async () => {
      const run = await polling.runOf(approvalId);
      const { cards } = (await stack.api.show(approvalId)).body;
      return JSON.stringify(cards).includes('"sent":true') && run;
    });
    await polling.poll();
    await polling.poll();
    const after = await polling.runOf(approvalId);
    expect(after).toMatchObject({ runId: before.runId, status: 'RUNNING' });
    expect(await polling.rechecks(approvalId)).toBe(0);
    expect(await stack.moveworks.cards(approvalId)).toHaveLength(1);
  });
});

describe('rows that nobody can be asked about', () => {
  it(
    'of a draft get a workflow that waits without a card; submission brings the card',
    { timeout: 150_000 },
    async () => {
      const { requisitionId } = await stack.coupa.submit({ submit: false, draftRow: true, chain: [201] });
      const [draftRow = 0] = await polling.pendingRows(requisitionId);
      await polling.poll();
      await stack.api.waitFor(draftRow, { state: 'waiting' });
      await polling.poll();
      expect(await stack.moveworks.cards(draftRow)).toEqual([]);

      const { approvalId } = await stack.coupa.resubmit(requisitionId);
      await polling.pollSeeing('told', draftRow);
      await stack.moveworks.card(approvalId);
      // One 404 may be an outage: the old row's approval ends when a second look, a minute later, confirms it.
      await stack.api.waitFor(draftRow, { outcome: 'superseded' }, confirmedWithinMs);
      expect(await stack.moveworks.cards(draftRow)).toEqual([]);
    },
  );

  it('of their own requester are stuck with the reason, and listed as that (P7)', async () => {
    const { approvalId } = await stack.coupa.submit({ requesterId: 101, chain: [101] });
    await polling.poll();
    const shown = await stack.api.waitFor(approvalId, { state: 'stuck' });
    expect(shown['stuckReason']).toBe('approver is the requester or creator');
    expect(await stack.moveworks.cards(approvalId)).toEqual([]);
    const row = await until('the row in the list', async () => {
      const { body } = await stack.api.request('GET', '/approvals?state=stuck&limit=100');
      return (body['data'] as { id: number; state: string }[]).find(({ id }) => id === approvalId);
    });
    expect(row.state).toBe('stuck');
  });

  it('of other documents are never touched, even where a tenant’s filter lets them through', async () => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    const foreign = 999_001;
    const smuggle: OnList = async (answer, query) => {
      if (!query.has('approvable_type')) return answer();
      const rows = (await (await answer()).json()) as object[];
      const invoice = {
        id: foreign,
        status: 'pending_approval',
        'approvable-type': 'InvoiceHeader',
        'approvable-id': 5001,
        'updated-at': null,
      };
      return Response.json([...rows, invoice]);
    };
    const { lists } = await polling.pass('quickPass', inMinutes(0), undefined, smuggle);
    await polling.pass('fullPass', inMinutes(0), undefined, smuggle);
    const types = lists.flatMap((query) => query.get('approvable_type') ?? []);
    expect(types).toEqual(['RequisitionHeader', 'RequisitionHeader']);
    await stack.moveworks.card(approvalId);
    await expect(polling.runOf(foreign)).rejects.toMatchObject({ name: 'WorkflowNotFoundError' });
  });
});

describe('a closed workflow whose row is still pending', () => {
  it('is started again by the second pass that sees it, at least 2 minutes after the close', async () => {
    const { approvalId, closedRunId } = await closedButPending();
    const first = await polling.pollSeeing('seenClosed', approvalId);
    // Seen twice, but the close is too young: the list may have been read just before it.
    const second = await polling.poll();
    expect(second.seenClosed[approvalId]).toBe(first.seenClosed[approvalId]);
    expect((await polling.runOf(approvalId)).runId).toBe(closedRunId);
    // Old enough, but seen for the first time.
    const unseen = await resultOf(polling.pass('fullPass', inMinutes(3)));
    expect(Object.keys(unseen.seenClosed)).toContain(String(approvalId));
    expect((await polling.runOf(approvalId)).runId).toBe(closedRunId);

    const { seenClosed } = second;
    const third = await resultOf(polling.pass('fullPass', inMinutes(3, { seenClosed })));
    expect(Object.keys(third.seenClosed)).not.toContain(String(approvalId));
    const again = await polling.runOf(approvalId);
    expect(again).toMatchObject({ status: 'RUNNING' });
    expect(again.runId).not.toBe(closedRunId);
    // It looks at Coupa before it asks anybody: withdrawn still, so nobody is asked.
    await stack.api.waitFor(approvalId, { state: 'waiting' });
    expect(await stack.moveworks.cards(approvalId)).toHaveLength(1);
  });

  it('stays seen while the slices of the full pass are elsewhere', async () => {
    const { approvalId, closedRunId } = await closedButPending();
    const { seenClosed } = await polling.pollSeeing('seenClosed', approvalId);
    // A slice above it says nothing about it.
    const elsewhere = await resultOf(
      polling.pass('fullPass', inMinutes(1, { seenClosed, cursor: approvalId })),
    );
    expect(elsewhere.seenClosed[approvalId]).toBe(seenClosed[approvalId]);
    await polling.pass(
      'fullPass',
      inMinutes(3, { seenClosed: elsewhere.seenClosed, cursor: approvalId - 1 }),
    );
    expect((await polling.runOf(approvalId)).runId).not.toBe(closedRunId);
  });
});

describe('an open workflow whose row is gone', () => {
  it('is told to look again, and closes as decided elsewhere', async () => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await polling.poll();
    await stack.moveworks.card(approvalId);
    await stack.coupa.decide(approvalId, { action: 'approve', userId: 201 });
    const { told } = await polling.pollSeeing('told', approvalId);
    expect(Date.parse(told[approvalId] ?? '')).not.toBeNaN();
    await stack.api.waitFor(approvalId, { outcome: 'decidedElsewhere' });
  });

  it('is told once in 10 minutes, however many passes see it', async () => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await polling.poll();
    await stack.moveworks.card(approvalId);
    // It stays open, because Coupa does not let it look.
    await stack.coupa.fault({ route: 'approval', kind: 'status', status: 503, times: 1_000 });
    await stack.coupa.decide(approvalId, { action: 'approve', userId: 201 });
    const first = await polling.pollSeeing('told', approvalId);
    expect(await polling.rechecks(approvalId)).toBe(1);
    const second = await polling.poll();
    expect(second.told[approvalId]).toBe(first.told[approvalId]);
    const { told } = second;
    const soon = await resultOf(polling.pass('fullPass', inMinutes(9, { told })));
    expect(soon.told[approvalId]).toBe(first.told[approvalId]);
    expect(await polling.rechecks(approvalId)).toBe(1);

    const later = await resultOf(polling.pass('fullPass', inMinutes(11, { told })));
    expect(later.told[approvalId]).not.toBe(first.told[approvalId]);
    expect(await polling.rechecks(approvalId)).toBe(2);
    await stack.coupa.clearFaults();
    await stack.api.waitFor(approvalId, { outcome: 'decidedElsewhere' });
  });
});

describe('a run of the poll', () => {
  it('goes on where the run before it stopped', async () => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    const first = await polling.poll();
    expect(first).toMatchObject({ highestSeen: approvalId, cursor: 0 });
    const before = (await stack.coupa.requests()).length;
    const second = await polling.poll();
    const [quick] = (await stack.coupa.requests())
      .slice(before)
      .filter(({ path }) => path === '/api/approvals');
    expect(quick?.query['id[gt]']).toBe(String(approvalId - 200));
    expect(second.highestSeen).toBe(approvalId);
  });

  it('fails where it is seen when Coupa is down, and the next one works', async () => {
    const { highestSeen } = await polling.poll();
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await stack.coupa.fault({ route: 'approvals', kind: 'html', times: 1_000 });
    const failure = await polling.poll().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect(failure).toMatchObject({ cause: { cause: { type: 'RetryableError' } } });
    await stack.coupa.clearFaults();
    const next = await polling.poll();
    expect(next.highestSeen).toBe(Math.max(highestSeen, approvalId));
    await stack.moveworks.card(approvalId);
  });
});

describe('more rows than a page holds', () => {
  const many = 120;
  let ids: number[];
  beforeAll(async () => {
    ids = [];
    for (let n = 0; n < many; n += 1) ids.push((await stack.coupa.submit({ chain: [201] })).approvalId);
  });

  it('are read by a pass that was killed from behind the last page on', async () => {
    const lowest = Math.min(...ids);
    const input = inMinutes(0, { cursor: lowest - 1 });
    let page = 0;
    const killed = await polling.pass('fullPass', input, undefined, (answer) => {
      page += 1;
      return page === 2 ? Promise.reject(new TypeError('fetch failed')) : answer();
    });
    expect(killed).toMatchObject({ error: { name: 'RetryableError' } });
    const [heartbeat] = killed.heartbeats;
    expect(killed.heartbeats).toHaveLength(1);
    expect(heartbeat?.cursor).toBeGreaterThan(lowest);

    const resumed = polling.pass('fullPass', input, heartbeat);
    const { cursor, rows, highestSeen } = await resultOf(resumed);
    expect((await resumed).lists[0]?.get('id[gt]')).toBe(String(heartbeat?.cursor));
    expect({ cursor, rows, highestSeen }).toEqual({ cursor: 0, rows: many, highestSeen: Math.max(...ids) });
  });

  it('all get one workflow and one card each', async () => {
    await polling.poll();
    await until('a card for each', async () => {
      const asked = new Set(
        (await stack.moveworks.messages()).map(({ slots }) => Number(slots['approval_id']?.split('.')[0])),
      );
      return ids.every((id) => asked.has(id));
    });
    await polling.poll();
    for (const id of ids) {
      expect(await stack.moveworks.cards(id)).toHaveLength(1);
      expect(await polling.runOf(id)).toMatchObject({ status: 'RUNNING' });
    }
  });
});
