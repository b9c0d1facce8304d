import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fullPass } from '../src/activities/poll/full-pass.ts';
import { begin } from '../src/activities/poll/begin.ts';
import { approvalWorkflowId } from '../src/contract/ids.ts';
import type { PassResult } from '../src/contract/poll.ts';
import { createCoupaClient } from '../src/connectors/coupa/client.ts';
import { inMinutes, pollingOf, resultOf, type OnList } from './support/polling.ts';
import { startStack, type Stack } from './support/stack.ts';
import { until } from './support/until.ts';

/** Rows enough for a quick pass that does not come to their end, and several slices. */
const many = 1_500;

let stack: Stack;
let polling: ReturnType<typeof pollingOf>;
let rows: { firstApprovalId: number; lastApprovalId: number };
beforeAll(async () => {
  // Nobody carries the workflows: what is started stays as it was started.
  stack = await startStack({ pollIntervalMs: 60 * 60_000, workers: false });
  polling = pollingOf(stack);
  await stack.coupa.settings({ callOut: null });
  rows = await stack.coupa.rows({ seed: 7, count: many });
});
afterEach(() => stack.coupa.clearFaults());
afterAll(async () => {
  await stack.stop();
});

/** All approvals that have an open workflow, once Temporal's list shows so many. */
async function openOnce(count: number): Promise<void> {
  await until(`${count} open workflows`, async () => (await polling.countOpen()) === count);
}

async function priorityOf(approvalId: number): Promise<number | undefined> {
  const { priority } = await stack.client.workflow.getHandle(approvalWorkflowId(approvalId)).describe();
  return priority?.priorityKey;
}

const askedFrom = (lists: readonly URLSearchParams[]) =>
  lists.flatMap((query) => (query.has('approvable_type') ? (query.get('id[lt]') ?? 'the top') : []));

describe('a first start', () => {
  let quick: PassResult;
  it('begins with the newest rows, and puts all but a hundred of them behind whatever is new', async () => {
    const running = polling.pass('quickPass', inMinutes(0, { maxRequests: 5 }));
    quick = await resultOf(running);
    expect(quick).toMatchObject({ highestSeen: rows.lastApprovalId, started: 100 });
    expect(askedFrom((await running).lists).filter((from) => from === 'the top')).toHaveLength(2);
    expect(await priorityOf(rows.lastApprovalId)).not.toBe(4);
    await openOnce(100);

    const more = await resultOf(polling.pass('quickPass', inMinutes(0, { maxRequests: 20 })));
    expect(more.started).toBe(300);
    const open: number[] = [];
    for await (const { workflowId } of stack.client.workflow.list({ query: 'ExecutionStatus = "Running"' })) {
      open.push(Number(workflowId.split('-')[1]));
    }
    open.sort((a, b) => b - a);
    expect(open[0]).toBe(rows.lastApprovalId);
    expect(await Promise.all([100, 199, 200, 399].map((index) => priorityOf(open[index] ?? 0)))).toEqual([
      await priorityOf(rows.lastApprovalId),
      await priorityOf(rows.lastApprovalId),
      4,
      4,
    ]);
    await openOnce(400);
  });

  it('comes to its end by slices, each from where the one before stopped', async () => {
    const { highestSeen } = quick;
    const first = await resultOf(polling.pass('fullPass', inMinutes(0, { highestSeen, maxRequests: 14 })));
    expect(first).toMatchObject({ requests: 14, rows: 700, started: 700, seenClosed: {}, told: {} });
    const { cursor } = first;
    expect(cursor).toBeGreaterThan(rows.firstApprovalId);
    const second = await resultOf(polling.pass('fullPass', inMinutes(0, { highestSeen, cursor })));
    expect(second).toMatchObject({ cursor: 0, rows: many - 700, started: many - 1_100 });
    expect(await priorityOf(rows.firstApprovalId)).toBe(4);
    await openOnce(many);
  });

  it('finds a new row by its first request, whatever else waits', async () => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    await stack.coupa.patchApproval(approvalId, { nullDates: true });
    const found = await resultOf(polling.pass('quickPass', inMinutes(0, { highestSeen: 1, maxRequests: 3 })));
    expect(found).toMatchObject({ started: 1, highestSeen: approvalId });
    expect(await priorityOf(approvalId)).not.toBe(4);
    await openOnce(many + 1);
  });

  it('puts no row behind the others that has come since the quick pass', async () => {
    const { approvalId } = await stack.coupa.submit({ chain: [201] });
    const cursor = rows.lastApprovalId;
    const late = inMinutes(0, { cursor, highestSeen: approvalId - 1 });
    expect((await resultOf(polling.pass('fullPass', late))).started).toBe(1);
    expect(await priorityOf(approvalId)).not.toBe(4);
    await openOnce(many + 2);
  });

  it('leaves results and heartbeats of some kilobytes', async () => {
    const running = polling.pass('fullPass', inMinutes(0));
    const result = await resultOf(running);
    expect(result).toMatchObject({ rows: many + 2, requests: 32, started: 0, rechecked: 0 });
    const payloads = [result, ...(await running).heartbeats].map((each) => JSON.stringify(each).length);
    expect(Math.max(...payloads)).toBeLessThan(2_000);
  });
});

describe('a quick pass that was killed', () => {
  it('goes on below the last page', async () => {
    const input = inMinutes(0, { maxRequests: 20 });
    let page = 0;
    const killed = await polling.pass('quickPass', input, undefined, (answer) => {
      page += 1;
      return page === 4 ? Promise.reject(new TypeError('fetch failed')) : answer();
    });
    const last = killed.heartbeats.at(-1);
    expect(last).toMatchObject({ requests: 3, rows: 150 });
    const resumed = polling.pass('quickPass', input, last);
    const result = await resultOf(resumed);
    const [first] = askedFrom((await resumed).lists);
    expect(Number(first)).toBeLessThan(rows.lastApprovalId - 100);
    expect(result).not.toHaveProperty('resume');
    expect(result.requests).toBeGreaterThan(3);
  });
});

describe('a pass whose time is over', () => {
  it('ends behind the page that it is at', async () => {
    const { client, config } = stack;
    const input = inMinutes(0);
    const { signal } = new AbortController();
    const attempt = { progress: begin(input), signal, beat: () => undefined, isOver: () => true };
    const result = await fullPass({ coupa: createCoupaClient(config.coupa), client }, input, attempt);
    expect(result).toMatchObject({ requests: 1, rows: 50 });
    expect(result.cursor).toBeGreaterThan(0);
  });
});

describe('rows that are all gone at once', () => {
  const gone: OnList = (answer, query) =>
    query.get('approvable_type') === 'RequisitionHeader' ? Promise.resolve(Response.json([])) : answer();

  it('are told a hundred a run, and the rest in the next ones', async () => {
    const open = many + 2;
    const first = await resultOf(polling.pass('fullPass', inMinutes(1), undefined, gone));
    expect(first).toMatchObject({ rechecked: 100, cursor: 0 });
    const { told } = first;
    const second = await resultOf(polling.pass('fullPass', inMinutes(2, { told }), undefined, gone));
    expect(second.rechecked).toBe(100);
    expect(Object.keys(second.told)).toHaveLength(200);
    const none = await resultOf(
      polling.pass('fullPass', inMinutes(2, { told, maxTold: 0 }), undefined, gone),
    );
    expect(none.rechecked).toBe(0);
    await openOnce(open);
  });
});

describe('many workflows that closed while their rows are pending', () => {
  const closed = 120;

  it('are all started again by the second pass, and by none before', async () => {
    const ids: number[] = [];
    for await (const { workflowId } of stack.client.workflow.list({
      query: `ExecutionStatus = "Running" AND ApprovalId <= ${rows.lastApprovalId}`,
    })) {
      if (ids.push(Number(workflowId.split('-')[1])) === closed) break;
    }
    for (const id of ids) await stack.client.workflow.getHandle(approvalWorkflowId(id)).terminate();
    await openOnce(many + 2 - closed);
    const first = await resultOf(polling.pass('fullPass', inMinutes(0)));
    expect(first.started).toBe(0);
    expect(
      Object.keys(first.seenClosed)
        .map(Number)
        .toSorted((a, b) => a - b),
    ).toEqual(ids.toSorted((a, b) => a - b));
    const { seenClosed } = first;
    const again = await resultOf(polling.pass('fullPass', inMinutes(3, { seenClosed })));
    expect(again).toMatchObject({ started: closed, seenClosed: {} });
    await openOnce(many + 2);
  });
});
