import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pollScheduleId } from '../src/contract/ids.ts';
import { inMinutes, pollingOf, resultOf } from './support/polling.ts';
import { startStack, type Stack } from './support/stack.ts';

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

const line = { description: 'Laptop', quantity: '1', unitPrice: '1000.00' };
const priced = (unitPrice: string) => ({ lines: [{ ...line, unitPrice }] });

/** An approval that was asked about, and that Temporal's list shows as such. */
async function asked() {
  const submitted = await stack.coupa.submit({ chain: [201], lines: [line] });
  await polling.poll();
  const reference = await stack.moveworks.card(submitted.approvalId);
  await polling.listedAsAsked([submitted.approvalId]);
  return { ...submitted, reference };
}

const confirmedWithinMs = 110_000;

describe('what Coupa’s pending rows do not show', () => {
  it('is an edit: it brings a new card without a press, and one look', async () => {
    const { requisitionId, approvalId } = await asked();
    await stack.coupa.edit(requisitionId, priced('1200.00'));
    const { summary } = await polling.poll();
    expect(summary).toMatch(/[1-9]\d* open requisitions compared, 1 approvals told of a change$/);
    await stack.moveworks.card(approvalId, 2);
    const [, card] = await stack.moveworks.cards(approvalId);
    expect(card?.message).toContain('was USD 1,000.00, now USD 1,200.00');
    await polling.listedAsAsked([approvalId]);
    await polling.poll();
    expect(await polling.rechecks(approvalId)).toBe(1);
    expect(await stack.moveworks.cards(approvalId)).toHaveLength(2);
  });

  it('is a withdrawal: it closes the approval, whose row stays pending', async () => {
    const { requisitionId, approvalId } = await asked();
    await stack.coupa.withdraw(requisitionId);
    expect(await polling.pendingRows(requisitionId)).toEqual([approvalId]);
    await polling.poll();
    await stack.api.waitFor(approvalId, { outcome: 'withdrawn' });
  });

  it('is a decision, before the full pass has come round', async () => {
    const { approvalId } = await asked();
    await stack.coupa.decide(approvalId, { action: 'approve', userId: 201 });
    const { rechecked } = await resultOf(polling.pass('statePass', inMinutes(0)));
    expect(rechecked).toBe(1);
    await stack.api.waitFor(approvalId, { outcome: 'decidedElsewhere' });
  });

  it('is a deletion: it closes the approval as superseded', { timeout: 150_000 }, async () => {
    const { requisitionId, approvalId } = await asked();
    await stack.coupa.remove(requisitionId);
    const running = polling.pass('statePass', inMinutes(0));
    expect((await resultOf(running)).rechecked).toBe(1);
    // Not gone by the list alone.
    expect((await running).singleReads).toBe(1);
    await stack.api.waitFor(approvalId, { outcome: 'superseded' }, confirmedWithinMs);
  });
});

describe('a difference', () => {
  it('is told once in 10 minutes, and a new one at once', async () => {
    const { requisitionId, approvalId } = await asked();
    // What the memo says stays, because Coupa does not let the workflow look.
    await stack.coupa.fault({ route: 'approval', kind: 'status', status: 503, times: 1_000 });
    const pass = (minutes: number, told = {}) =>
      resultOf(polling.pass('statePass', inMinutes(minutes, { told })));
    await stack.coupa.edit(requisitionId, priced('1200.00'));
    const first = await pass(0);
    const [key] = Object.keys(first.told);
    expect(first.rechecked).toBe(1);
    expect(key).toMatch(new RegExp(`^${approvalId}:`));
    const soon = await pass(9, first.told);
    expect(soon).toMatchObject({ rechecked: 0, told: first.told });

    await stack.coupa.edit(requisitionId, priced('1300.00'));
    const another = await pass(9, soon.told);
    expect(another.rechecked).toBe(1);
    expect(Object.keys(another.told)).toHaveLength(2);

    const later = await pass(20, another.told);
    expect(later.rechecked).toBe(1);
    expect(await polling.rechecks(approvalId)).toBe(3);
    await stack.coupa.clearFaults();
  });

  it('that the full pass of the same run told of is not told twice', async () => {
    const { approvalId } = await asked();
    await stack.coupa.fault({ route: 'approval', kind: 'status', status: 503, times: 1_000 });
    await stack.coupa.decide(approvalId, { action: 'approve', userId: 201 });
    const { told } = await polling.poll();
    expect(Object.keys(told).filter((key) => key.split(':')[0] === String(approvalId))).toHaveLength(2);
    await polling.poll();
    expect(await polling.rechecks(approvalId)).toBe(1);
    await stack.coupa.clearFaults();
  });

  it('is another policy than the one that the last look applied: it is looked at once more', async () => {
    const { approvalId } = await asked();
    const another = await resultOf(
      polling.pass('statePass', inMinutes(0), undefined, undefined, 'another policy'),
    );
    expect(Object.keys(another.told).some((key) => key.startsWith(`${approvalId}:`))).toBe(true);
    expect(await polling.rechecks(approvalId)).toBe(1);
    const same = await resultOf(polling.pass('statePass', inMinutes(0)));
    expect(Object.keys(same.told).some((key) => key.startsWith(`${approvalId}:`))).toBe(false);
  });

  it('is found with single reads where the tenant refuses the list', async () => {
    const { requisitionId, approvalId } = await asked();
    await stack.coupa.fault({ route: 'requisitions', kind: 'status', status: 400, times: 1_000 });
    await stack.coupa.edit(requisitionId, priced('1200.00'));
    const running = polling.pass('statePass', inMinutes(0));
    const { rows, requests } = await resultOf(running);
    const { lists, singleReads } = await running;
    expect({ lists: lists.length, singleReads }).toEqual({ lists: 1, singleReads: rows });
    expect(requests).toBe(rows + 1);
    await stack.moveworks.card(approvalId, 2);
  });
});

describe('a list of requisitions that cannot be relied on', () => {
  it('tells nobody of what it alone shows, however often', async () => {
    const { approvalId } = await asked();
    const silent = { rechecked: 0, told: {} };
    // Lines as some other view of the same requisition would have them.
    const onList: Parameters<typeof polling.pass>[3] = async (answer) => {
      const rows = (await (await answer()).json()) as { 'requisition-lines': object[] }[];
      const bare = rows.map((row) => ({
        ...row,
        'requisition-lines': row['requisition-lines'].map((each) => ({
          ...each,
          supplier: null,
          total: null,
        })),
      }));
      return Response.json(bare);
    };
    const running = polling.pass('statePass', inMinutes(60), undefined, onList);
    expect(await resultOf(running)).toMatchObject(silent);
    expect((await running).singleReads).toBeGreaterThan(0);
    expect(await polling.rechecks(approvalId)).toBe(0);
  });

  it('is done without when Coupa fails at it every time, as at one broken record', async () => {
    const { requisitionId, approvalId } = await asked();
    await stack.coupa.fault({ route: 'requisitions', kind: 'status', status: 500, times: 1_000 });
    await stack.coupa.edit(requisitionId, priced('1200.00'));
    expect((await polling.poll()).summary).toMatch(
      /open requisitions compared, 1 approvals told of a change$/,
    );
    await stack.moveworks.card(approvalId, 2);
  });
});

describe('a state pass that fails', () => {
  it('loses nothing of the other passes, and the next one works', async () => {
    const before = await polling.poll();
    const { approvalId } = await stack.coupa.submit({ chain: [201], lines: [line] });
    await stack.coupa.fault({ route: 'requisitions', kind: 'redirect', times: 1_000 });
    const failed = await polling.poll();
    expect(failed.summary).toMatch(/[1-9]\d* approvals started/);
    expect(failed.summary).toMatch(
      /open requisitions could not be compared: coupa GET \/api\/requisitions: /,
    );
    expect(failed).toMatchObject({ highestSeen: approvalId, stateCursor: before.stateCursor });
    expect(Object.keys(failed.told)).toEqual(expect.arrayContaining(Object.keys(before.told)));
    await stack.moveworks.card(approvalId);
    await stack.coupa.clearFaults();
    expect((await polling.poll()).summary).toMatch(/\d open requisitions compared/);
  });
});

describe('more approvals than a page holds', () => {
  let open: number;
  beforeAll(async () => {
    const ids: number[] = [];
    for (let n = 0; n < 120; n += 1) ids.push((await stack.coupa.submit({ chain: [201] })).approvalId);
    await polling.poll();
    await polling.listedAsAsked(ids);
    open = await polling.countOpen();
  });

  it('cost three requests when nothing changed, and nobody is told', async () => {
    const running = polling.pass('statePass', inMinutes(60));
    expect(open).toBeLessThanOrEqual(150);
    const all = { rows: open, requests: 3, rechecked: 0, told: {}, stateCursor: '' };
    expect(await resultOf(running)).toMatchObject(all);
    const { lists, singleReads } = await running;
    expect({ lists: lists.length, singleReads }).toEqual({ lists: 3, singleReads: 0 });
    const asking = lists.flatMap((query) => query.get('id[in]')?.split(',') ?? []);
    expect(new Set(asking).size).toBe(open);
  });

  it('are gone over from where the run before it stopped', async () => {
    const first = await resultOf(polling.pass('statePass', inMinutes(0, { maxRequests: 1 })));
    expect(first).toMatchObject({ rows: 50, requests: 1 });
    const { stateCursor } = first;
    const second = await resultOf(polling.pass('statePass', inMinutes(0, { stateCursor })));
    expect(second).toMatchObject({ rows: open - 50, requests: 2, stateCursor: '' });
  });

  it.each(['', 'nonsense', 'AAAAAAAAAAAAAAAA'])(
    'are gone over from the start with the cursor "%s"',
    async (bad) => {
      const { rows, stateCursor } = await resultOf(
        polling.pass('statePass', inMinutes(0, { stateCursor: bad })),
      );
      expect({ rows, stateCursor }).toEqual({ rows: open, stateCursor: '' });
    },
  );

  it('are gone over by a pass that was killed from behind the last page on', async () => {
    let page = 0;
    const killed = await polling.pass('statePass', inMinutes(0), undefined, (answer) => {
      page += 1;
      return page === 2 ? Promise.reject(new TypeError('fetch failed')) : answer();
    });
    expect(killed).toMatchObject({ error: { name: 'RetryableError' } });
    const last = killed.heartbeats.at(-1);
    expect(last).toMatchObject({ rows: 50, requests: 2 });
    const resumed = polling.pass('statePass', inMinutes(0), last);
    expect(await resultOf(resumed)).toMatchObject({ rows: open, requests: 4, stateCursor: '' });
    expect((await resumed).lists).toHaveLength(2);
  });

  it('never cost more requests than there are, however they are read', async () => {
    await stack.coupa.fault({ route: 'requisitions', kind: 'status', status: 400, times: 1_000 });
    const first = polling.pass('statePass', inMinutes(0, { maxRequests: 60 }));
    expect(await resultOf(first)).toMatchObject({ rows: 59, requests: 60 });
    const { stateCursor } = await resultOf(first);
    const second = await resultOf(polling.pass('statePass', inMinutes(0, { stateCursor })));
    expect(second.rows).toBe(open - 59);
    const none = await resultOf(polling.pass('statePass', inMinutes(0, { stateCursor, maxRequests: 0 })));
    expect(none).toMatchObject({ rows: 0, requests: 0, stateCursor });
  });

  it('are told a hundred at a time when another policy concerns all of them', async () => {
    await stack.coupa.clearFaults();
    const told = (input = {}) =>
      resultOf(polling.pass('statePass', inMinutes(0, input), undefined, undefined, 'another policy'));
    const first = await told();
    expect(first).toMatchObject({ rows: 100, requests: 2, rechecked: 100 });
    expect(await told({ stateCursor: first.stateCursor })).toMatchObject({
      rechecked: open - 100,
      stateCursor: '',
    });
  });
});
