import { setTimeout as sleep } from 'node:timers/promises';
import { pollScheduleId } from '../../src/contract/ids.ts';
import { until } from '../../test/support/until.ts';
import type { VendorRequest } from '../drive/requests.ts';
import { countPerWindow } from '../measure/windows.ts';
import type { Started } from '../processes/stack.ts';
import { startOf, toldAt } from './observe.ts';
import { park, type Parked } from './park.ts';

const minuteMs = 60_000;
/** A withdrawal that is noticed after that is not: the measurement says so. */
const latestMs = 15 * minuteMs;

export interface SteadySettings {
  readonly rows: number;
  readonly seed: number;
  /** How long requests are counted. */
  readonly minutes: number;
  /** Submitted while they are counted, evenly spread. */
  readonly newRows: number;
  /** Withdrawn while they are counted; and about so many that changed before without a date. */
  readonly dated: number;
  readonly undated: number;
  readonly latencyMs: number;
  readonly coupaLimitPerSecond: number;
}

export interface Steady {
  readonly rows: number;
  readonly setUpS: number;
  /** Requests of the polls in each minute, by arrival at Coupa. */
  readonly requests: readonly number[];
  readonly runMs: readonly number[];
  readonly newMs: readonly number[];
  readonly datedMs: readonly number[];
  readonly undatedMs: readonly number[];
  /** Whatever was not noticed at all. */
  readonly missed: number;
}

/** What a poll asks of Coupa: lists, and requisitions one by one that no look of a new approval has read. */
function isOfPoll({ path }: VendorRequest, looked: ReadonlySet<number>): boolean {
  if (path === '/api/approvals' || path === '/api/requisitions') return true;
  const [, id] = /^\/api\/requisitions\/(\d+)$/.exec(path) ?? [];
  return id !== undefined && !looked.has(Number(id));
}

/** How long the runs of the poll took that ended in the window. */
async function runsOf({ client }: Started, fromMs: number): Promise<number[]> {
  const tookMs: number[] = [];
  const query = `WorkflowType = "poll" AND StartTime >= "${new Date(fromMs).toISOString()}"`;
  for await (const { startTime, closeTime } of client.workflow.list({ query })) {
    if (closeTime !== undefined) tookMs.push(closeTime.getTime() - startTime.getTime());
  }
  return tookMs;
}

/** Spreads work over a time, so that each piece meets another moment between two polls. */
function spread<T, R>(items: readonly T[], overMs: number, work: (item: T) => Promise<R>): Promise<R[]> {
  return Promise.all(
    items.map(async (item, index) => {
      await sleep((overMs * (index + 0.5)) / items.length);
      return work(item);
    }),
  );
}

/** Polls with so many rows pending and an open workflow for each, as it is on every day after the first. */
export async function steady(started: Started, settings: SteadySettings): Promise<Steady> {
  const { client, coupa } = started;
  const { rows, seed, minutes, latencyMs, coupaLimitPerSecond } = settings;
  const schedule = client.schedule.getHandle(pollScheduleId);
  const beganAtMs = performance.now();
  // The poll itself would find the rows before they are parked.
  await schedule.pause();
  await until('the schedule to rest', async () => {
    const { info } = await schedule.describe();
    return info.runningActions.length === 0;
  });
  await coupa.rows(seed, rows);
  const { asked, stale } = await park(started, Math.floor(rows / (settings.undated + 1)));
  const query = 'WorkflowType = "approval" AND ExecutionStatus = "Running"';
  await until(
    'all workflows in the list',
    async () => (await client.workflow.count(query)).count >= rows,
    120_000,
  );
  const setUpS = (performance.now() - beganAtMs) / 1_000;

  await coupa.settings({ latencyMs, requestsPerSecond: coupaLimitPerSecond });
  await coupa.forgetRequests();
  const step = Math.max(1, Math.floor(asked.length / settings.dated));
  const chosen = asked.filter((_, index) => index % step === 0).slice(0, settings.dated);
  await schedule.unpause();
  const fromMs = Date.now();
  const looked = new Set<number>();

  const noticed = async (atMs: number, seen: Promise<number | undefined>): Promise<number | undefined> => {
    const seenAtMs = await seen;
    return seenAtMs === undefined ? undefined : seenAtMs - atMs;
  };
  const withdraw = async ({ approvalId, requisitionId }: Parked): Promise<number | undefined> => {
    const atMs = Date.now();
    await coupa.withdraw(requisitionId);
    return noticed(atMs, toldAt(client, approvalId, latestMs));
  };
  const submit = async (): Promise<number | undefined> => {
    const atMs = Date.now();
    const { approvalId, requisitionId } = await coupa.submit();
    looked.add(requisitionId);
    return noticed(atMs, startOf(client, approvalId, latestMs));
  };
  const undatedSeen = stale.map(({ approvalId }) => noticed(fromMs, toldAt(client, approvalId, latestMs)));
  const duringMs = Math.min(minutes, 4) * minuteMs - 5_000;
  const [newMs, datedMs, undatedMs] = await Promise.all([
    spread(Array.from({ length: settings.newRows }), duringMs, submit),
    spread(chosen, duringMs, withdraw),
    Promise.all(undatedSeen),
    sleep(minutes * minuteMs),
  ]);
  const requests = (await coupa.requests()).filter((request) => isOfPoll(request, looked));
  const isSeen = (ms: number | undefined): ms is number => ms !== undefined;
  const all = [...newMs, ...datedMs, ...undatedMs];
  return {
    rows,
    setUpS,
    requests: countPerWindow(
      requests.map(({ at }) => at),
      { startMs: fromMs, windowMs: minuteMs, count: minutes },
    ),
    runMs: await runsOf(started, fromMs),
    newMs: newMs.filter(isSeen),
    datedMs: datedMs.filter(isSeen),
    undatedMs: undatedMs.filter(isSeen),
    missed: all.filter((ms) => ms === undefined).length,
  };
}
