import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DelegationsInForce } from '../src/activities/poll/delegation-pass.ts';
import { pollScheduleId } from '../src/contract/ids.ts';
import type { PassInput, PassResult } from '../src/contract/poll.ts';
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
afterEach(async () => {
  await stack.coupa.clearFaults();
  await stack.coupa.settings({ listLagMs: 0 });
});
afterAll(async () => {
  await stack.stop();
});

const line = { description: 'Laptop', quantity: '1', unitPrice: '1000.00' };

/** An approval that was asked about, and that Temporal's list shows as such. */
async function asked(approverId = 201) {
  const submitted = await stack.coupa.submit({ chain: [approverId], lines: [line] });
  await polling.poll();
  await stack.moveworks.card(submitted.approvalId);
  await polling.listedAsAsked([submitted.approvalId]);
  return submitted;
}

const quick = (input: Partial<PassInput> = {}) =>
  polling.pass('quickPass', inMinutes(0, { highestSeen: 1_000_000, ...input }));

describe('a requisition that Coupa touched lately', () => {
  it('and that was withdrawn closes its approval without a round of the state pass', async () => {
    const { requisitionId, approvalId } = await asked();
    await stack.coupa.withdraw(requisitionId);
    const { rechecked, told } = await resultOf(quick());
    expect(rechecked).toBe(1);
    expect(Object.keys(told)).toEqual([expect.stringMatching(new RegExp(`^${approvalId}:`))]);
    await stack.api.waitFor(approvalId, { outcome: 'withdrawn' });
  });

  it('and that was edited brings a new card', async () => {
    const { requisitionId, approvalId } = await asked();
    await stack.coupa.edit(requisitionId, { lines: [{ ...line, unitPrice: '1200.00' }] });
    expect((await resultOf(quick())).rechecked).toBe(1);
    await stack.moveworks.card(approvalId, 2);
  });

  it('and that is what it was tells nobody, and costs two requests', async () => {
    const { approvalId } = await asked();
    const running = quick();
    expect(await resultOf(running)).toMatchObject({ rechecked: 0, told: {} });
    const { lists, singleReads } = await running;
    expect({ lists: lists.filter((query) => !query.has('approvable_type')).length, singleReads }).toEqual({
      lists: 2,
      singleReads: 0,
    });
    expect(await polling.rechecks(approvalId)).toBe(0);
  });

  it('is told of once by all passes of a run', async () => {
    const { approvalId } = await asked();
    await stack.coupa.fault({ route: 'approval', kind: 'status', status: 503, times: 1_000 });
    await stack.coupa.decide(approvalId, { action: 'approve', userId: 201 });
    await polling.pollSeeing('told', approvalId);
    await polling.poll();
    expect(await polling.rechecks(approvalId)).toBe(1);
    await stack.coupa.clearFaults();
  });

  it('is found by the state pass where Coupa left no date', async () => {
    const { requisitionId, approvalId } = await asked();
    await stack.coupa.withdraw(requisitionId);
    const undated: OnList = (answer, query) =>
      query.has('offset') || (query.has('updated_at[gt_or_eq]') && !query.has('approvable_type'))
        ? Promise.resolve(Response.json([]))
        : answer();
    const blind = polling.pass('quickPass', inMinutes(0, { highestSeen: 1_000_000 }), undefined, undated);
    expect(await resultOf(blind)).toMatchObject({ rechecked: 0, told: {} });
    expect((await resultOf(polling.pass('statePass', inMinutes(0)))).rechecked).toBe(1);
    await stack.api.waitFor(approvalId, { outcome: 'withdrawn' });
  });

  it('is asked for no more, and nothing else suffers, where the tenant refuses that list', async () => {
    const { requisitionId } = await stack.coupa.submit({ chain: [201] });
    await stack.coupa.fault({ route: 'requisitions', kind: 'status', status: 400, times: 1_000 });
    const running = quick();
    const { started, rechecked } = await resultOf(running);
    expect({ started, rechecked }).toEqual({ started: 1, rechecked: 0 });
    const [approvalId = 0] = await polling.pendingRows(requisitionId);
    await stack.moveworks.card(approvalId);
  });
});

describe('lists that lag behind', () => {
  it('do not ask again about what was decided, nor miss what is new', async () => {
    const { approvalId, requisitionId } = await asked();
    const reference = await stack.moveworks.card(approvalId);
    // Longer than any test: they show what was, until they are told to catch up.
    await stack.coupa.settings({ listLagMs: 3_600_000 });
    const { approvalId: younger } = await stack.coupa.submit({ chain: [201] });
    await stack.api.press(reference);
    await stack.api.waitFor(approvalId, { outcome: 'approved' });
    // Pending still, by the list.
    const seen = await polling.pollSeeing('seenClosed', approvalId);
    expect(seen.seenClosed[approvalId]).toBeDefined();
    expect(await stack.moveworks.cards(younger)).toEqual([]);
    await stack.coupa.settings({ listLagMs: 0 });
    await until('the new row', async () => {
      await polling.poll();
      return (await stack.moveworks.cards(younger)).length === 1;
    });
    const after = await polling.poll();
    expect(after.seenClosed).not.toHaveProperty(String(approvalId));
    expect((await polling.runOf(approvalId)).status).toBe('COMPLETED');
    expect(await stack.moveworks.cards(approvalId)).toHaveLength(1);
    expect(await polling.pendingRows(requisitionId)).toEqual([]);
  });
});

describe('delegations', () => {
  const inForce =
    (...delegations: [number, number[]][]): DelegationsInForce =>
    () =>
      Promise.resolve(new Map(delegations));
  const pass = (
    delegationsInForce: DelegationsInForce,
    { delegations = {}, delegationsDue = {}, delegationCursor }: Partial<PassResult> = {},
    { minutes = 60, ...more }: Partial<PassInput> & { minutes?: number } = {},
  ) => {
    const cursor = delegationCursor === undefined ? {} : { delegationCursor };
    const input = inMinutes(minutes, { delegations, delegationsDue, ...cursor, ...more });
    return resultOf(polling.pass('statePass', input, undefined, undefined, undefined, delegationsInForce));
  };
  /** All that are open and wait for this approver. */
  const openOf = async (userId: number): Promise<number> =>
    (await stack.client.workflow.count(`ExecutionStatus = "Running" AND Approvers IN ("${userId}")`)).count;

  it('that begin and end are told to the approvals of who delegates, once each', async () => {
    const { approvalId: mine } = await asked(204);
    const { approvalId: other } = await asked(205);
    const begun = await pass(inForce([204, [202]], [7_000, [202]]));
    expect(begun.rechecked).toBe(1);
    expect(Object.keys(begun.delegations)).toEqual(['204', '7000']);
    const same = await pass(inForce([7_000, [202]], [204, [202]]), begun);
    expect(same).toMatchObject({ rechecked: 0, delegations: begun.delegations });
    const ended = await pass(inForce([7_000, [202]]), same);
    expect(ended.rechecked).toBe(1);
    expect(Object.keys(ended.delegations)).toEqual(['7000']);
    expect(await polling.rechecks(mine)).toBe(2);
    expect(await polling.rechecks(other)).toBe(0);
  });

  it('are told once more when the lists of all workers are newer than the change', async () => {
    const { approvalId } = await asked(204);
    const delegations = inForce([204, [201]]);
    const begun = await pass(delegations);
    const early = await pass(delegations, begun, { minutes: 70 });
    const again = await pass(delegations, early, { minutes: 72 });
    const later = await pass(delegations, again, { minutes: 84 });
    expect([early.delegationsDue, again.delegationsDue]).toEqual([begun.delegationsDue, {}]);
    expect(later.rechecked).toBe(0);
    expect(await polling.rechecks(approvalId)).toBe(2);
  });

  it('of somebody with many approvals are told over several runs, to each once', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 7; n += 1) ids.push((await stack.coupa.submit({ chain: [203] })).approvalId);
    await polling.poll();
    await polling.listedAsAsked(ids);
    expect(await openOf(203)).toBe(7);
    const delegations = inForce([203, [202]]);
    const first = await pass(delegations, {}, { maxTold: 3 });
    expect(first).toMatchObject({ rechecked: 3, delegations: {} });
    const second = await pass(delegations, first, { maxTold: 3 });
    const third = await pass(delegations, second, { maxTold: 3 });
    expect([second.rechecked, third.rechecked]).toEqual([3, 1]);
    expect(Object.keys(third.delegations)).toEqual(['203']);
    expect(third).not.toHaveProperty('delegationCursor');
    for (const id of ids) expect(await polling.rechecks(id)).toBe(1);
  });

  it('that cannot be read are nobody’s end, and the requisitions are compared all the same', async () => {
    await asked();
    const before = { 204: 'whatever' };
    const result = await pass(() => Promise.reject(new Error('away')), { delegations: before });
    expect(result).toMatchObject({ delegations: before, rechecked: 0 });
    expect(result.rows).toBeGreaterThan(0);
  });
});

describe('documents other than requisitions', () => {
  it('are counted in what a run leaves, and never get a workflow', async () => {
    const { approvals } = await stack.coupa.documents({ type: 'InvoiceHeader', count: 53 });
    await stack.coupa.documents({ type: 'ExpenseReport', count: 2 });
    // Runs in quick succession share the requests that a minute allows: the count may take several.
    const { others, summary } = await until('the end of a count', async () => {
      const result = await polling.poll();
      return result.others.counts?.['ExpenseReport'] !== undefined && result;
    });
    expect(others.counts).toEqual({ InvoiceHeader: 53, ExpenseReport: 2 });
    expect(summary).toContain('; other documents pending: 53 InvoiceHeader, 2 ExpenseReport; ');
    await expect(polling.runOf(approvals[0]?.approvalId ?? 0)).rejects.toMatchObject({
      name: 'WorkflowNotFoundError',
    });
  });

  it('are left alone, and nothing else suffers, where the tenant refuses the filter', async () => {
    const running = polling.pass('fullPass', inMinutes(0), undefined, (answer, query) =>
      query.has('approvable_type[not_eq]')
        ? Promise.resolve(Response.json({ errors: { base: ['Unknown filter'] } }, { status: 400 }))
        : answer(),
    );
    const { others, rows, cursor } = await resultOf(running);
    expect({ others, cursor }).toEqual({ others: { cursor: 0, counting: {} }, cursor: 0 });
    expect(rows).toBeGreaterThan(0);
  });
});

describe('wake-ups', () => {
  it('by the dozen make one run now and one after it', async () => {
    await polling.poll();
    const before = await polling.runs();
    const wake = async () => (await stack.api.request('POST', '/poll')).status;
    // The first run is held up until all the others have come.
    await stack.coupa.fault({ route: 'approvals', kind: 'delay', delayMs: 20_000, times: 1 });
    const asksBefore = (await stack.coupa.requests()).length;
    expect(await wake()).toBe(202);
    await until('the first run', async () => (await stack.coupa.requests()).length > asksBefore);
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    const statuses = await Promise.all(Array.from({ length: 49 }, wake));
    expect(new Set(statuses)).toEqual(new Set([202]));
    await until('both runs', async () => {
      const { info } = await stack.client.schedule.getHandle(pollScheduleId).describe();
      return info.runningActions.length === 0 && info.numActionsTaken === before + 2;
    });
    await stack.moveworks.card(approvalId);
    await polling.poll();
    expect(await polling.runs()).toBe(before + 3);
  });
});
