import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { resolveSignal } from '../../src/contract/messages.ts';
import { orderBody, startApprovers, type purchasing } from '../support/concur-orders.ts';
import { startConcurProcesses, type ConcurProcesses } from '../support/concur-processes.ts';
import { testFolder, type TestFolder } from '../support/process-folder.ts';
import type { Launched } from '../support/process-launch.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** Longer than any test: what is held back so long never comes. */
const neverMs = 3_600_000;
/** Held back for a while: long enough to do something meanwhile, also on a machine that is slow or stands still. */
const heldMs = 15_000;

let folder: TestFolder;
let running: ConcurProcesses | undefined;
let worker: Launched;
/** Two processes of the API. */
let desk: ReturnType<typeof purchasing>;
let otherDesk: ReturnType<typeof purchasing>;
let approvers: ReturnType<typeof startApprovers>;

/** What `beforeAll` made: it may have failed half way, and then only `afterAll` runs. */
function processes(): ConcurProcesses {
  if (running === undefined) throw new Error('nothing was started');
  return running;
}

beforeAll(async () => {
  folder = testFolder();
  running = await startConcurProcesses(folder);
  worker = await running.worker();
  [desk, otherDesk] = [await running.api(), await running.api()];
  approvers = startApprovers(running.concur, 500);
});
afterAll(async () => {
  folder.remove();
  await approvers.stop();
  await running?.stop();
});

async function killWorker(): Promise<void> {
  worker.kill('SIGKILL');
  await worker.ended;
}

const ordered = (id: string) => desk.seen(id, 'to be ordered', ({ state }) => state === 'ordered');

describe('a worker that is killed while it creates', () => {
  it('after SAP Concur took it: a human is asked, names it, and it is followed to its order (P5)', async () => {
    const { concur, creates, underWay } = processes();
    await concur.forgetRequests();
    await concur.fault({ route: 'create', kind: 'delay', delayMs: heldMs });
    const id = await desk.order('killed-after');
    await underWay();
    // Its answer is held back once it had its effect.
    await concur.settings({ latencyMs: neverMs });
    const { id: purchaseRequestId, correlationId } = await concur.arrived(id);
    await killWorker();
    await concur.settings({ latencyMs: 0 });
    worker = await processes().worker();

    const { attention, state } = await desk.asked(id);
    expect(state).toBe('needsAttention');
    expect(attention?.what).toContain(`ref:${id}`);
    await worker.prints(
      new RegExp(
        `"purchase-request-${id}".*A purchase request needs a human: unknownOutcome \\(question 1\\)`,
      ),
    );
    expect(correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(attention?.what).toContain(correlationId);
    expect((await desk.resolve(id, { outcome: 'created', purchaseRequestId })).status).toBe(202);
    expect(await ordered(id)).toMatchObject({ purchaseRequestId, correlationId });
    expect(await concur.withRef(id)).toHaveLength(1);
    expect(await creates()).toHaveLength(1);
  });

  it('before SAP Concur took it: a human is asked, says that it is not there, and it is created once (P5)', async () => {
    const { concur, creates, underWay } = processes();
    await concur.forgetRequests();
    await concur.fault({ route: 'create', kind: 'delay', delayMs: neverMs });
    const id = await desk.order('killed-before');
    await underWay();
    await killWorker();
    worker = await processes().worker();

    const { correlationId } = await desk.asked(id);
    expect(await concur.withRef(id)).toEqual([]);
    expect(await creates()).toHaveLength(1);
    expect((await desk.resolve(id, { outcome: 'notCreated' })).status).toBe(202);
    await ordered(id);
    const held = await concur.withRef(id);
    expect(held).toHaveLength(1);
    // Another call, of another name at SAP's support.
    expect(held[0]?.correlationId).not.toBe(correlationId);
    expect(await creates()).toHaveLength(2);
  });
});

describe('Temporal gone while SAP Concur creates', () => {
  it('takes no order with a false yes (P3), and what was under way is created once (P5)', async () => {
    const { concur, creates, underWay, temporal } = processes();
    await concur.forgetRequests();
    await concur.fault({ route: 'create', kind: 'delay', delayMs: heldMs });
    const id = await desk.order('temporal-gone');
    await underWay();
    await temporal.kill();
    const { id: purchaseRequestId } = await concur.arrived(id);
    expect((await desk.post('while-gone')).status).toBe(503);
    await temporal.restart();

    const late = await until(
      'the order after the restart',
      async () => {
        const { status, body } = await desk.post('while-gone');
        return status === 202 ? body['id'] : undefined;
      },
      120_000,
      500,
    );
    // Whether the worker could still tell the answer decides which of the two it is.
    const { state } = await desk.seen(id, 'to come out', (view) =>
      ['accepted', 'created', 'ordered', 'needsAttention'].includes(view.state),
    );
    if (state === 'needsAttention') {
      expect((await desk.resolve(id, { outcome: 'created', purchaseRequestId })).status).toBe(202);
    }
    expect(await ordered(id)).toMatchObject({ purchaseRequestId });
    expect(await ordered(String(late))).toMatchObject({ id: late });
    for (const each of [id, String(late)]) expect(await concur.withRef(each)).toHaveLength(1);
    expect(await creates()).toHaveLength(2);
  });
});

describe('two processes of the API at once', () => {
  it('start one workflow for one key, and refuse another body under it', async () => {
    const { concur, creates } = processes();
    await concur.forgetRequests();
    const bodies = [orderBody(), orderBody({ comments: 'for somebody else' })];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 === 0 ? desk : otherDesk).post('same-key', bodies[Math.floor(index / 2) % 2]),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([...Array<number>(6).fill(202), ...Array<number>(6).fill(422)]);
    const ids = new Set(answers.flatMap(({ body: { id } }) => (typeof id === 'string' ? [id] : [])));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    await ordered(id);
    expect(await concur.withRef(id)).toHaveLength(1);
    expect(await creates()).toHaveLength(1);
  });

  it('send it again once, however many say at once that it was not created (P5)', async () => {
    const { concur, creates } = processes();
    await concur.forgetRequests();
    await concur.fault({ route: 'create', kind: 'dropBefore' });
    const id = await desk.order('resolved-twice');
    await desk.asked(id);
    const answers = await Promise.all(
      [desk, otherDesk, desk, otherDesk].map((each) =>
        each.resolve(id, { attention: 1, outcome: 'notCreated' }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(202);
    expect(statuses.filter((status) => status !== 202 && status !== 409)).toEqual([]);
    await ordered(id);
    expect(await concur.withRef(id)).toHaveLength(1);
    expect(await creates()).toHaveLength(2);
  });

  it('change nothing by an answer to what was asked before', async () => {
    const { concur, creates, handle } = processes();
    await concur.forgetRequests();
    await concur.fault({ route: 'create', kind: 'dropBefore', times: 2 });
    const id = await desk.order('resolved-late');
    await desk.asked(id);
    await desk.resolve(id, { outcome: 'notCreated' });
    await desk.seen(id, 'to ask again', ({ attention }) => attention?.n === 2);

    // A client's retry, or an administrator with an old page: the door says which question is open.
    const repeated = await otherDesk.resolve(id, { attention: 1, outcome: 'notCreated' });
    expect(repeated).toMatchObject({ status: 409, body: { state: 'needsAttention' } });
    expect(repeated.body['detail']).toContain('the one that is open is 2');
    for (const resolution of [
      { kind: 'notCreated' },
      { kind: 'created', concurId: 'somebody-elses' },
      { kind: 'abandoned' },
    ] as const) {
      await handle(id).signal(resolveSignal, { attention: 1, resolution, by: 'late' });
    }
    const told = await desk.seen(
      id,
      'to have heard all three',
      ({ timeline = [] }) =>
        timeline.filter(({ text }) => text.includes('changes nothing: what is asked now is 2')).length === 3,
    );
    expect(told).toMatchObject({ state: 'needsAttention', attention: { n: 2, reason: 'unknownOutcome' } });
    expect(await concur.withRef(id)).toEqual([]);
    expect(await creates()).toHaveLength(2);

    await desk.resolve(id, { outcome: 'notCreated' });
    await ordered(id);
    expect(await concur.withRef(id)).toHaveLength(1);
    expect(await creates()).toHaveLength(3);
  });
});

describe('two workers on one token file whose refresh tokens are good for one use', () => {
  it('both still work after 60 refreshes, and none was refused', async () => {
    const { concur, pidsOf, creates } = processes();
    const other = await processes().worker();
    await concur.forgetRequests();
    await concur.settings({ accessTokenLifeMs: 2_000, rotation: 'strict' });
    // Those that they hold live for an hour.
    await concur.expireTokens();
    const tokens = async () => (await concur.requests()).filter(({ path }) => path === '/oauth2/v0/token');

    const ids: string[] = [];
    let counted = 0;
    for (; (await tokens()).length < 60; counted = ids.length) {
      ids.push(...(await Promise.all([1, 2, 3, 4].map((n) => desk.order(`rotation-${counted + n}`)))));
      // Both are refused at the same moment.
      if (ids.length % 12 === 0) await concur.expireTokens();
      await ordered(ids.at(-1) ?? '');
    }
    const both = new Set([worker.pid, other.pid]);
    const since = new Set<number>();
    for (let n = 1; since.size < both.size; n += 1) {
      const id = await desk.order(`after-rotation-${n}`);
      ids.push(id);
      await ordered(id);
      for (const pid of await pidsOf(id)) since.add(pid);
    }
    expect(since).toEqual(both);
    expect(new Set((await tokens()).map(({ status }) => status))).toEqual(new Set([200]));
    for (const id of ids) await ordered(id);
    expect(await creates()).not.toHaveLength(0);
    const refs = (await concur.purchaseRequests()).map(({ ref }) => ref);
    expect(new Set(refs).size).toBe(refs.length);
    expect(refs).toEqual(expect.arrayContaining(ids));
  });
});
