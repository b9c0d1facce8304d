import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startCoupaSandbox } from '../sandbox/index.ts';
import { createHandOverActivities } from '../src/activities/engine/activities.ts';
import { tenantCredential } from '../src/activities/coupa/fixtures/tenant.ts';
import { handOffTenant } from '../src/activities/hand-off/test-hand-off.ts';
import { lazyClient } from '../src/cli/temporal.ts';
import type { HandOffRule } from '../src/config/config.ts';
import type { HandOver } from '../src/contract/after.ts';
import { handOffId, purchaseRequestWorkflowId } from '../src/contract/ids.ts';
import type { Mode } from '../src/contract/mode.ts';
import type { HandOffCursor } from '../src/contract/poll.ts';
import { purchaseRequestMemoKey } from '../src/contract/purchase-request.ts';
import { requisitionIdKey } from '../src/contract/search-attributes.ts';
import { handOffPasses } from './support/hand-off-passes.ts';
import { startTestTemporal, type TestTemporal } from './support/temporal.ts';
import { until } from './support/until.ts';

/** Selects everything that a test submits. */
const rule: HandOffRule = { since: '2026-01-01', suppliers: [], commodities: [], currencies: [] };

let temporal: TestTemporal;
let sandbox: Awaited<ReturnType<typeof startCoupaSandbox>>;
let coupa: ReturnType<typeof handOffTenant>;
let connected: ReturnType<typeof lazyClient>;
let pass: ReturnType<typeof handOffPasses>['pass'];
let passed: ReturnType<typeof handOffPasses>['passed'];
let caughtUp: ReturnType<typeof handOffPasses>['caughtUp'];
beforeAll(async () => {
  temporal = await startTestTemporal();
  connected = lazyClient({
    connectionOptions: { address: temporal.address },
    namespace: temporal.namespace,
  });
  sandbox = await startCoupaSandbox({ ...tenantCredential, requestsPerSecond: 0 });
  coupa = handOffTenant(sandbox.url);
  const { client } = connected;
  ({ pass, passed, caughtUp } = handOffPasses({ coupa: coupa.client(), client, rule }));
});
afterEach(() => coupa.clearFaults());
afterAll(async () => {
  await sandbox.close();
  await connected.connection.close();
  await temporal.stop();
});

/** What Temporal knows of the hand-over of a requisition; undefined when there never was one. */
async function handOffOf(requisitionId: number) {
  const handle = connected.client.workflow.getHandle(purchaseRequestWorkflowId(handOffId(requisitionId)));
  try {
    return await handle.describe();
  } catch {
    return undefined;
  }
}
const begunFor = async (requisitionId: number) => (await handOffOf(requisitionId)) !== undefined;

/** Waits until Temporal's list, which lags, shows what became of a hand-over. */
const listed = (requisitionId: number, status: string) =>
  until(`the list to show requisition ${requisitionId} as ${status}`, async () => {
    const query = `WorkflowType = "purchaseRequest" AND RequisitionId = ${requisitionId}`;
    for await (const run of connected.client.workflow.list({ query }))
      if (run.status.name === status) return true;
    return false;
  });

/** Ends the workflow, as when it is over. */
async function end(requisitionId: number): Promise<void> {
  const workflowId = purchaseRequestWorkflowId(handOffId(requisitionId));
  await connected.client.workflow.getHandle(workflowId).terminate();
  await listed(requisitionId, 'TERMINATED');
}

/** Sees nothing by date: what is found then is found by the slow round alone. */
const blindTo = (cursor: HandOffCursor): HandOffCursor => ({
  ...cursor,
  touchedSince: '2099-01-01T00:00:00.000Z',
});

describe('the pass over approved requisitions', () => {
  it('begins with everything submitted since the rule’s first day, and starts each once', async () => {
    const ids = [await coupa.approved(), await coupa.approved()];
    const { requisitionId: waiting } = await coupa.submit({ chain: [201] });
    const first = await passed();
    expect(first.begun).toBe(2);
    expect(await Promise.all([...ids, waiting].map(begunFor))).toEqual([true, true, false]);
    const described = await handOffOf(ids[0] ?? 0);
    expect(described?.memo?.[purchaseRequestMemoKey]).toMatchObject({
      id: `coupa-${ids[0]}`,
      state: 'checking',
      requisitionId: ids[0],
    });
    expect(described?.typedSearchAttributes.get(requisitionIdKey)).toBe(ids[0]);
    expect((await passed()).begun).toBe(0);
    expect((await passed({ cursor: first.cursor })).begun).toBe(0);
  });

  it('leaves alone what Coupa has ordered, what the rule leaves out, and what was submitted before its first day', async () => {
    const ordered = await coupa.approved();
    await coupa.order(ordered);
    const other = await coupa.approved({
      lines: [{ description: 'x', unitPrice: '1', supplier: 'Big Prints' }],
    });
    const when = { ...rule, suppliers: ['upright office'] };
    expect((await passed({}, { when })).begun).toBe(0);
    expect((await passed({}, { when: { ...rule, since: '2099-01-01' } })).begun).toBe(0);
    await passed();
    expect([await begunFor(ordered), await begunFor(other)]).toEqual([false, true]);
  });

  it('finds one that Coupa changed without a date by the slow round (P10)', async () => {
    const cursor = await caughtUp();
    const id = await coupa.approved();
    expect((await passed({ cursor: blindTo(cursor) })).begun).toBe(1);
    expect(await begunFor(id)).toBe(true);
  });

  it('asks from a little before the last round on, and anew from the first day once the rule changed', async () => {
    const cursor = await caughtUp();
    const now = '2026-12-24T12:00:00.000Z';
    const next = await passed({ cursor, now });
    expect(next.cursor.touchedSince).toBe('2026-12-24T11:50:00.000Z');
    const changed = await passed(
      { cursor: next.cursor, now, maxRequests: 0 },
      { when: { ...rule, currencies: ['EUR'] } },
    );
    expect(changed.cursor.touchedSince).toBe('2026-01-01T00:00:00.000Z');
  });

  it('keeps to its requests, and goes on behind the last one in the next run', async () => {
    const cursor = await caughtUp();
    const ids: number[] = [];
    for (let count = 0; count < 5; count += 1) ids.push(await coupa.approved());
    const before = (await coupa.requests()).length;
    const found: number[] = [];
    let at = cursor;
    for (let run = 0; run < 20 && found.length < 5; run += 1) {
      const { requests, begun, cursor: next } = await passed({ cursor: at, maxRequests: 4 });
      expect(requests).toBeLessThanOrEqual(4);
      if (begun > 0) found.push(...Array.from({ length: begun }, () => run));
      at = next;
    }
    expect(found).toHaveLength(5);
    expect(new Set(found).size).toBeGreaterThan(1);
    expect(await Promise.all(ids.map(begunFor))).toEqual(ids.map(() => true));
    expect((await coupa.requests()).length).toBeGreaterThan(before);
  });

  it('orders nothing again that a comment names and Temporal has forgotten', async () => {
    const id = await coupa.approved();
    const forgotten = coupa.handOver(id, 'forgotten');
    await forgotten.begin();
    await forgotten.created('100417');
    expect((await passed()).begun).toBe(0);
    expect(await begunFor(id)).toBe(false);
  });

  it('begins with one that a forgotten hand-over only began, so that a human hears of it', async () => {
    const id = await coupa.approved();
    await coupa.handOver(id, 'forgotten').begin();
    expect((await passed()).begun).toBe(1);
    expect(await coupa.handOver(id, 'this one').prepare()).toMatchObject({ kind: 'handedOverBefore' });
  });

  it('begins again with one that was reopened and approved again, where nothing was sent to Concur', async () => {
    const id = await coupa.approved();
    await passed();
    await end(id);
    expect((await passed()).begun).toBe(0);
    await coupa.approveAgain(id);
    // Coupa's dates have whole seconds.
    await until('a later second than the first start', async () => {
      await coupa.approveAgain(id);
      return (await passed()).begun === 1;
    });
    expect((await handOffOf(id))?.status.name).toBe('RUNNING');
  });

  it('begins again with one that was reopened and approved again after it had begun, so that a human hears of it', async () => {
    const id = await coupa.approved();
    await passed();
    await coupa.handOver(id, 'run-a').begin();
    await end(id);
    // Coupa's dates have whole seconds.
    const startedAtMs = (await handOffOf(id))?.startTime.getTime() ?? 0;
    await until('a later second', () => Promise.resolve(Date.now() - startedAtMs > 2_000));
    await coupa.approveAgain(id);
    expect((await passed()).begun).toBe(1);
    expect((await handOffOf(id))?.status.name).toBe('RUNNING');
    expect(await coupa.handOver(id, 'run-b').prepare()).toMatchObject({ kind: 'handedOverBefore' });
  });

  it('goes on where an attempt before it stopped', async () => {
    const cursor = await caughtUp();
    const ids = [await coupa.approved(), await coupa.approved()];
    const { beats } = await pass({ cursor: blindTo(cursor) });
    expect(beats.at(-1)).toMatchObject({ begun: 2, cursor: { sweptTo: 0 } });
    const behind = { ...blindTo(cursor), sweptTo: ids[0] ?? 0 };
    const resumed = { cursor: behind, requests: 7, rows: 0, begun: 1 };
    const later = await passed({ cursor }, { resumed });
    expect(later.requests).toBeGreaterThan(7);
    expect(later.begun).toBe(1);
  });

  it('ends for good where comments may not be read, and begins nothing', async () => {
    const id = await coupa.approved();
    await coupa.fault({ route: 'comments', kind: 'status', status: 403, times: 10 });
    await expect(passed()).rejects.toThrow('core.comment.read');
    expect(await begunFor(id)).toBe(false);
    await coupa.clearFaults();
    expect((await passed()).begun).toBe(1);
  });

  it('is not kept from all others by one whose comments cannot be read', async () => {
    const [broken, next] = [await coupa.approved(), await coupa.approved()];
    await coupa.fault({ route: 'comments', kind: 'status', status: 404, id: broken, times: 10 });
    await passed();
    expect([await begunFor(broken), await begunFor(next)]).toEqual([true, true]);
  });

  it.each(['notify', 'shadow'] as const)('begins nothing in MODE=%s', async (mode) => {
    const id = await coupa.approved();
    expect((await pass({}, { mode })).result).toBeNull();
    expect(await begunFor(id)).toBe(false);
    await passed();
  });
});

describe('the hand-over after a requisition’s last approval', () => {
  async function handOver(requisitionId: number, mode: Mode = 'decide', when = rule): Promise<HandOver> {
    const activities = createHandOverActivities({
      client: connected.client,
      coupa: coupa.client(),
      handOff: { rule: when, mode },
    });
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    const input = { requisitionId, approvalId: 1 };
    const run = (argument: typeof input) => activities.handOver(argument);
    return environment.run<[typeof input], HandOver, typeof run>(run, input);
  }
  const finished = { told: [], finished: true };

  it('begins at once, and may be repeated', async () => {
    const id = await coupa.approved();
    expect([await handOver(id), await handOver(id)]).toEqual([finished, finished]);
    expect((await handOffOf(id))?.status.name).toBe('RUNNING');
  });

  it('begins nothing that the rule leaves out, that was sent back, or in another mode', async () => {
    const id = await coupa.approved();
    await handOver(id, 'decide', { ...rule, suppliers: ['big prints'] });
    await handOver(id, 'notify');
    await handOver(id, 'shadow');
    const { requisitionId: rejected, approvalId } = await coupa.submit({ chain: [201] });
    await coupa.decide(approvalId, { action: 'reject', userId: 201 });
    await handOver(rejected);
    expect([await begunFor(id), await begunFor(rejected)]).toEqual([false, false]);
    await passed();
  });

  it('has its own result whatever becomes of it, and the poll finds it', async () => {
    const id = await coupa.approved();
    // The first read is the hand-over's own.
    await coupa.fault({ route: 'requisition', kind: 'delay', delayMs: 0, id });
    await coupa.fault({ route: 'requisition', kind: 'status', status: 500, id });
    expect(await handOver(id)).toEqual(finished);
    expect(await begunFor(id)).toBe(false);
    await passed();
    expect(await begunFor(id)).toBe(true);
  });
});
