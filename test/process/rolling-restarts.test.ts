import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lazyClient } from '../../src/cli/temporal.ts';
import { freePort } from '../../src/embedded/ports.ts';
import { upsertPollSchedule } from '../../src/worker/schedule.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import { somePort } from '../support/process-demo.ts';
import { createCaller, type Tries } from '../support/rolling-caller.ts';
import { approvers, startLoad, type Pressed } from '../support/rolling-load.ts';
import {
  apiHere,
  environmentOf,
  processMember,
  workersHere,
  type Member,
} from '../support/rolling-members.ts';
import { abandonedWrites, unfoundedWrites } from '../support/rolling-writes.ts';
import { coupaControl, moveworksControl } from '../support/sandbox-control.ts';
import type { SandboxMessage, SandboxRequest, SandboxRequisition } from '../support/sandbox-control.ts';
import { host, startSandboxes } from '../support/sandboxes.ts';
import { startTestTemporal, type TestTemporal } from '../support/temporal.ts';
import { until } from '../support/until.ts';

/** How many stops and starts, over all members. */
const restarts = Number(process.env['ROLLING_RESTARTS'] ?? 50);
/** `processes`: each member is a process of its own; otherwise one worker and one API live in this process. */
const allProcesses = process.env['ROLLING_RESTARTS_AS'] === 'processes';
const longMs = 1_800_000;
/** So many, that stops meet activities and calls under way: with each answer of Coupa a decision takes a second. */
const coupaLatencyMs = 250;
/** Before each so many restarts of workers, one write is held up until its worker has to hand it back. */
const heldEvery = 8;
const closedWithinMs = 240_000;

const decided = 'urn:countersign:problem:decided';

let folder: TestFolder;
let temporal: TestTemporal;
let sandboxes: Awaited<ReturnType<typeof startSandboxes>>;
let tries: Tries;
let submitted: number;
let pressed: readonly Pressed[];
let failures: readonly unknown[];
let stillOpen: number;
let messages: readonly SandboxMessage[];
let requests: readonly SandboxRequest[];
let requisitions: readonly SandboxRequisition[];
let done = 0;
let held = 0;

/** Stops and starts members in this order, one at a time, so that one of each kind is always there. */
async function roll(
  order: readonly Member[],
  times: number,
  failed: readonly unknown[],
  before: (time: number) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (let time = 0; time < times && failed.length === 0; time += 1) {
    const member = order[time % order.length];
    await before(time);
    await member?.stop();
    await member?.start();
    done += 1;
  }
}

beforeAll(async () => {
  folder = testFolder();
  temporal = await startTestTemporal();
  const first = await freePort(await somePort(), host);
  const second = await freePort(first + 1, host);
  sandboxes = await startSandboxes(`http://${host}:${first}`);
  const { config, pages } = sandboxes;
  const coupa = coupaControl(pages.coupa);
  const moveworks = moveworksControl(pages.chat);
  await coupa.settings({ latencyMs: coupaLatencyMs });
  const env = environmentOf({ temporal, config });
  const { client, connection } = lazyClient({
    connectionOptions: { address: temporal.address },
    namespace: temporal.namespace,
  });
  const setting = { temporal, config, client };
  const api = processMember(folder, 'api', { ...env, PORT: String(first) });
  const otherApi = allProcesses
    ? processMember(folder, 'api', { ...env, PORT: String(second) })
    : apiHere(setting, second);
  const worker = processMember(folder, 'worker', env);
  const otherWorker = allProcesses ? processMember(folder, 'worker', env) : workersHere(setting);
  const members = [api, otherApi, worker, otherWorker];
  await Promise.all(members.map((member) => member.start()));
  await upsertPollSchedule(client, config.poll.intervalMs);

  const caller = createCaller([first, second].map((port) => `http://${host}:${port}`));
  ({ tries } = caller);
  const load = startLoad({ coupa, moveworks, caller });
  ({ failures } = load);
  const holdOneOfSome = async (time: number): Promise<void> => {
    if (time % heldEvery !== 0) return;
    await load.holdWrite();
    held += 1;
  };
  const countOpen = () =>
    client.workflow.count(`ExecutionStatus = 'Running' AND WorkflowType IN ('approval', 'after')`);
  const ofWorkers = Math.ceil(restarts / 2);
  try {
    await Promise.all([
      // A worker's process takes the longest to load: the one in this process goes more often.
      roll([worker, otherWorker, otherWorker, otherWorker], ofWorkers, failures, holdOneOfSome),
      roll([api, otherApi], restarts - ofWorkers, failures),
    ]);
    ({ submitted, pressed } = await load.finish());
    const closed = async () => (await countOpen()).count === 0;
    await until('every workflow to close', closed, closedWithinMs).catch(() => undefined);
    stillOpen = (await countOpen()).count;
  } finally {
    load.end();
    await Promise.all(members.map((member) => member.stop()));
    await connection.close();
  }
  [{ requisitions }, requests, messages] = await Promise.all([
    coupa.state(),
    coupa.requests(),
    moveworks.messages(),
  ]);
}, longMs);
afterAll(async () => {
  folder.remove();
  await sandboxes.close();
  await temporal.stop();
});

/** The rows that were decided, without the requester's own, which Coupa approves by itself. */
function decidedRows() {
  return requisitions
    .flatMap(({ approvals }) => approvals)
    .filter(({ approverId, status }) => approvers.includes(approverId) && status !== 'pending_approval');
}

function repeated<T>(all: readonly T[]): T[] {
  return all.filter((each, index) => all.indexOf(each) !== index);
}

const askedAbout = () =>
  messages
    .filter(({ kind }) => kind === 'decision')
    .map(({ slots }) => Number(slots['approval_id']?.split('.')[0]));
const ascending = (a: number, b: number): number => a - b;

describe('workers and APIs that are stopped and started in turn, while people decide', () => {
  it('were restarted as often as asked for, under load', () => {
    expect(failures).toEqual([]);
    expect(done).toBe(restarts);
    expect(pressed.length).toBeGreaterThan(restarts);
    // Otherwise no call met a stopped API, and nothing was tried.
    expect(tries.notTaken).toBeGreaterThan(0);
  });

  it('hand back the activities that do not end in time, and another worker finishes them', () => {
    expect(held).toBeGreaterThan(0);
    expect(requests.filter(({ fault }) => fault === 'delay').length).toBe(held);
    expect(abandonedWrites(requests)).toEqual([]);
    expect(stillOpen).toBe(0);
  });

  it('lose no requisition and no card: every approval that had its turn was asked about and decided', () => {
    expect(requisitions.length).toBe(submitted);
    expect(requisitions.filter(({ status }) => !['approved', 'draft'].includes(status))).toEqual([]);
    const asked = askedAbout();
    expect(decidedRows().filter(({ id }) => !asked.includes(id))).toEqual([]);
  });

  it('send no card twice, and tell of each rejection once', () => {
    expect(repeated(askedAbout())).toEqual([]);
    const notices = messages.filter(({ kind }) => kind === 'notice').map(({ message }) => message);
    expect(repeated(notices)).toEqual([]);
    expect(notices.length).toBe(decidedRows().filter(({ status }) => status === 'rejected').length);
  });

  it('decide every approval in Coupa exactly once (P2)', () => {
    // The record keeps this many: with more, an effect could have left it unseen.
    expect(requests.length).toBeLessThan(20_000);
    const effects = requests.flatMap(({ effect, approvalId = 0 }) =>
      effect === undefined ? [] : approvalId,
    );
    expect(effects.toSorted(ascending)).toEqual(
      decidedRows()
        .map(({ id }) => id)
        .toSorted(ascending),
    );
  });

  it('write to Coupa only after a read that shows the approval undecided (P4, P5)', () => {
    expect(unfoundedWrites(requests)).toEqual([]);
  });

  it('answer every call they took (P3)', () => {
    expect(tries.cut).toEqual([]);
  });

  it('answer with what Coupa holds, and with no 5xx but the 503 that was tried again (P3)', () => {
    const statusOf = new Map(decidedRows().map(({ id, status }) => [id, status]));
    const wrong = pressed.filter(({ approvalId, action, alone, answer: { status, body } }) => {
      const inCoupa = statusOf.get(approvalId);
      const wanted = action === 'approve' ? 'approved' : 'rejected';
      // What was accepted first, stands: a decision that comes later does not hide that it was lost.
      if (alone && inCoupa !== wanted) return true;
      if (status === 202) return body.status !== 'accepted';
      if (status === 200) return body.status !== inCoupa || inCoupa !== wanted;
      const standing = body.decision?.action === 'approve' ? 'approved' : 'rejected';
      return status !== 409 || body.type !== decided || standing !== inCoupa || inCoupa === wanted;
    });
    expect(wrong).toEqual([]);
  });
});
