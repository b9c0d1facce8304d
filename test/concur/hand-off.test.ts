import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { handOffId, pollScheduleId, purchaseRequestWorkflowId } from '../../src/contract/ids.ts';
import { createVendors } from '../../src/worker/vendors.ts';
import { purchasing } from '../support/concur-orders.ts';
import { pollingOf } from '../support/polling.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), 'countersign-concur-hand-off-'));
const mappingFile = join(folder, 'mapping.json');
const acme = { vendorCode: 'ACME', vendorAddressCode: 'ACME-02' };

/** Writes the mapping; a worker that starts then reads it. */
function mapping(suppliers: object): void {
  const commodities = { 'General Goods': { purchaseType: 'GOODS' } };
  writeFileSync(mappingFile, JSON.stringify({ suppliers, commodities }));
}

let stack: Stack;
let desk: ReturnType<typeof purchasing>;
let coupaClient: ReturnType<typeof createVendors>['coupa'];
beforeAll(async () => {
  mapping({ 'Acme Test Supply': acme });
  const when = { since: '2026-01-01', suppliers: [], commodities: [], currencies: ['USD'] };
  stack = await startStack({
    // Only what a test triggers looks at Coupa.
    pollIntervalMs: 60 * 60_000,
    concur: true,
    concurConfig: { handOff: { when, mappingFile } },
  });
  desk = purchasing(stack.api);
  coupaClient = createVendors(stack.config).coupa;
  await stack.concur.settings({ creationDelayMs: 0, routingDelayMs: 0, orderDelayMs: 0 });
  await stack.coupa.settings({ callOut: null });
  await stack.client.schedule.getHandle(pollScheduleId).pause();
});
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true });
});

const line = { description: 'Laptop', quantity: '2', unitPrice: '1000.50' };

/** A requisition that was approved in Coupa itself. */
async function approved(lines: readonly object[] = [line]): Promise<number> {
  const { requisitionId, approvalId } = await stack.coupa.submit({ lines, chain: [201] });
  await stack.coupa.decide(approvalId, { action: 'approve', userId: 201 });
  return requisitionId;
}

const seen = (requisitionId: number, what: string, shows: Parameters<typeof desk.seen>[2]) =>
  desk.seen(handOffId(requisitionId), what, shows);
const askedFor = (requisitionId: number, reason: string) =>
  seen(requisitionId, `to ask: ${reason}`, ({ attention }) => attention?.reason === reason);
const resolve = (requisitionId: number, body: object) => desk.resolve(handOffId(requisitionId), body);
const heldFor = (requisitionId: number) => stack.concur.withRef(handOffId(requisitionId));

/** What our comments on a requisition say: that it is handed over, and what came of it. */
async function commentsOn(requisitionId: number) {
  const texts = (await coupaClient.listComments(requisitionId)).map(({ text }) => text);
  return {
    begun: texts.filter((text) => text.includes('Handed to SAP Concur')),
    created: texts.filter((text) => text.includes('SAP Concur purchase request')),
  };
}

describe('a requisition that the mapping cannot make a purchase request of', () => {
  it('shows all that is missing, and is handed over once the mapping has it and a human says so', async () => {
    const lines = ['Nobody & Sons', 'Somebody Ltd'].map((supplier) => ({ ...line, supplier }));
    const [mended, orderedMeanwhile] = [await approved(lines), await approved(lines)];
    await pollingOf(stack).poll();
    for (const id of [mended, orderedMeanwhile]) {
      const { problems } = await askedFor(id, 'incomplete');
      expect(problems).toMatchObject([
        { line: 1, field: 'vendorCode' },
        { line: 2, field: 'vendorCode' },
      ]);
    }

    mapping({ 'Acme Test Supply': acme, 'Nobody & Sons': acme, 'Somebody Ltd': acme });
    await stack.stopWorkers();
    await stack.startWorkers();
    const order = `${stack.pages.coupa}/sandbox/requisitions/${orderedMeanwhile}/order`;
    expect((await fetch(order, { method: 'POST' })).status).toBe(200);
    expect((await resolve(orderedMeanwhile, { outcome: 'notCreated' })).status).toBe(202);
    // Coupa orders that one by itself by now: nobody orders it twice.
    expect((await seen(orderedMeanwhile, 'to end', ({ open }) => !open)).state).toBe('abandoned');
    expect(await heldFor(orderedMeanwhile)).toEqual([]);

    // Two readings, then the comment, whose answer is lost.
    const id = mended;
    await stack.coupa.fault({ route: 'comments', kind: 'delay', delayMs: 0, id, times: 2 });
    await stack.coupa.fault({ route: 'comments', kind: 'dropAfter', id });
    expect((await resolve(mended, { outcome: 'notCreated' })).status).toBe(202);
    await seen(mended, 'to be created', ({ state }) => state === 'created');
    const lost = (await stack.coupa.requests()).filter(({ fault }) => fault === 'dropAfter');
    expect(lost.map(({ method }) => method)).toEqual(['POST']);
    expect((await commentsOn(mended)).begun).toHaveLength(1);
    const [made, ...others] = await heldFor(mended);
    expect(others).toEqual([]);
    expect(made?.body['lineItems']).toMatchObject([acme, acme]);
  });
});

describe('a requisition whose last approval and the poll come at the same time', () => {
  it('is handed over once, and one search in Temporal finds its approval and its purchase request', async () => {
    const { coupa, moveworks, api, client } = stack;
    const { poll } = pollingOf(stack);
    const { requisitionId, approvalId } = await coupa.submit({ lines: [line], chain: [201] });
    await poll();
    const card = await moveworks.card(approvalId);
    const [{ status }] = await Promise.all([api.press(card), poll()]);
    expect(status).toBe(200);
    await poll();
    await seen(requisitionId, 'to be created', ({ state }) => state === 'created');
    expect(await heldFor(requisitionId)).toHaveLength(1);
    await until('the comment with the number', async () => {
      const { created } = await commentsOn(requisitionId);
      return created.length === 1;
    });
    expect((await commentsOn(requisitionId)).begun).toHaveLength(1);

    const kinds = await until('both in the list', async () => {
      const types: string[] = [];
      for await (const { type } of client.workflow.list({ query: `RequisitionId = ${requisitionId}` })) {
        types.push(type);
      }
      return types.length >= 2 && types.toSorted();
    });
    expect(kinds).toEqual(['approval', 'purchaseRequest']);
  });
});

describe('a requisition whose hand-over Temporal has forgotten', () => {
  it('waits for a human and orders nothing again; one who finds nothing in Concur has it handed over anew', async () => {
    const { client, concur } = stack;
    const { poll } = pollingOf(stack);
    await concur.forgetRequests();
    await concur.fault({ route: 'create', kind: 'dropBefore' });
    const id = await approved();
    await poll();
    await askedFor(id, 'unknownOutcome');

    // As retention does to what is long over.
    const workflowId = purchaseRequestWorkflowId(handOffId(id));
    await client.workflowService.deleteWorkflowExecution({
      namespace: stack.temporal.namespace,
      workflowExecution: { workflowId },
    });
    await until('Temporal to forget it', async () => {
      const { status } = await stack.api.request('GET', `/purchase-requests/${handOffId(id)}`);
      return status === 404;
    });
    await until('the poll to find it again', async () => {
      await poll();
      const { status } = await stack.api.request('GET', `/purchase-requests/${handOffId(id)}`);
      return status === 200;
    });
    await askedFor(id, 'handedOverBefore');
    const creates = async () =>
      (await concur.requests()).filter(
        ({ method, path }) => method === 'POST' && path.endsWith('/purchaserequests'),
      );
    expect(await creates()).toHaveLength(1);
    expect(await heldFor(id)).toEqual([]);

    expect((await resolve(id, { outcome: 'notCreated' })).status).toBe(202);
    await seen(id, 'to be created', ({ state }) => state === 'created');
    expect(await creates()).toHaveLength(2);
    expect(await heldFor(id)).toHaveLength(1);
  });
});
