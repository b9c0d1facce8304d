import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pollScheduleId, purchaseRequestWorkflowId, handOffId } from '../src/contract/ids.ts';
import type { PollResult } from '../src/contract/poll.ts';
import type { PurchaseRequestRecord } from '../src/contract/purchase-request.ts';
import { purchaseRequestQuery } from '../src/contract/messages.ts';
import { pollingOf } from './support/polling.ts';
import { startStack, type Stack } from './support/stack.ts';
import { until } from './support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-hand-off-'));
const mappingFile = join(folder, 'mapping.json');
writeFileSync(
  mappingFile,
  JSON.stringify({
    suppliers: { 'Acme Test Supply': { vendorCode: 'ACME', vendorAddressCode: 'ACME-02' } },
    commodities: { 'General Goods': { purchaseType: 'GOODS' } },
    header: { custom1: 'CC100' },
  }),
);

let stack: Stack;
beforeAll(async () => {
  const when = { since: '2026-01-01', suppliers: [], commodities: [], currencies: ['USD'] };
  stack = await startStack({
    // Only what a test triggers looks at Coupa.
    pollIntervalMs: 60 * 60_000,
    concur: true,
    concurConfig: { handOff: { when, mappingFile } },
  });
  await stack.coupa.settings({ callOut: null });
  await stack.client.schedule.getHandle(pollScheduleId).pause();
});
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true });
});

const line = { description: 'Laptop', quantity: '2', unitPrice: '1000.50' };

/** The record of a requisition's purchase request, once it is in this state. */
const reached = (requisitionId: number, state: PurchaseRequestRecord['state']) =>
  until(`the purchase request of ${requisitionId} to be ${state}`, async () => {
    const handle = stack.client.workflow.getHandle(purchaseRequestWorkflowId(handOffId(requisitionId)));
    const record = await handle.query(purchaseRequestQuery).catch(() => undefined);
    return record?.state === state && record;
  });

/** Texts of the comments on a requisition by the page that people see. */
async function pageOf(requisitionId: number): Promise<string> {
  return (await fetch(`${stack.pages.coupa}/requisitions/${requisitionId}`)).text();
}

describe('an approved requisition', () => {
  it('becomes one purchase request in SAP Concur as soon as its last approver has pressed Approve', async () => {
    const { coupa, moveworks, api, concur } = stack;
    const { requisitionId, approvalId } = await coupa.submit({
      title: 'Laptops',
      lines: [line],
      chain: [201],
    });
    await pollingOf(stack).poll();
    expect((await api.press(await moveworks.card(approvalId))).status).toBe(200);

    const { status } = await reached(requisitionId, 'created');
    const [made, ...others] = await concur.withRef(handOffId(requisitionId));
    expect(others).toEqual([]);
    expect(made).toMatchObject({ ref: `coupa-${requisitionId}` });
    const page = await until('the comment with the number', async () => {
      const text = await pageOf(requisitionId);
      return text.includes(`SAP Concur purchase request ${status?.number ?? '?'}`) && text;
    });
    expect(page).toContain('Handed to SAP Concur as a purchase request');
  });

  it('is found by the poll where it was approved in Coupa without us, and once only', async () => {
    const { coupa, concur } = stack;
    const { poll } = pollingOf(stack);
    const { requisitionId, approvalId } = await coupa.submit({ lines: [line], chain: [201] });
    await coupa.decide(approvalId, { action: 'approve', userId: 201 });
    const first = await poll();
    expect(first.summary).toMatch(/; 1 of \d+ approved requisitions go to SAP Concur; /);
    expect(first.handOff).toMatchObject({ after: 0, sweptTo: 0 });
    await reached(requisitionId, 'created');
    const second: PollResult = await poll();
    expect(second.summary).toMatch(/; 0 of \d+ approved requisitions go to SAP Concur; /);
    expect(second.handOff?.touchedSince.localeCompare(first.handOff?.touchedSince ?? '')).toBe(1);
    expect(await concur.withRef(handOffId(requisitionId))).toHaveLength(1);
  });

  it('waits for a human where the mapping does not know its supplier', async () => {
    const { coupa, concur } = stack;
    const lines = [{ ...line, supplier: 'Nobody & Sons' }];
    const { requisitionId, approvalId } = await coupa.submit({ lines, chain: [201] });
    await coupa.decide(approvalId, { action: 'approve', userId: 201 });
    await pollingOf(stack).poll();
    const { attention, problems } = await reached(requisitionId, 'needsAttention');
    expect(attention?.reason).toBe('incomplete');
    expect(problems).toMatchObject([{ line: 1, field: 'vendorCode' }]);
    expect(await concur.withRef(handOffId(requisitionId))).toEqual([]);
    expect(await pageOf(requisitionId)).not.toContain('Handed to SAP Concur');
  });

  it('goes nowhere where the rule leaves it out', async () => {
    const { coupa } = stack;
    const { requisitionId, approvalId } = await coupa.submit({
      lines: [line],
      currency: 'EUR',
      chain: [201],
    });
    await coupa.decide(approvalId, { action: 'approve', userId: 201 });
    const { summary } = await pollingOf(stack).poll();
    expect(summary).toMatch(/; 0 of \d+ approved requisitions go to SAP Concur; /);
    expect(await pageOf(requisitionId)).not.toContain('SAP Concur');
  });

  it('costs the other passes nothing where comments may not be read, and is handed over once they may', async () => {
    const { coupa } = stack;
    await coupa.fault({ route: 'comments', kind: 'status', status: 403, times: 100 });
    const { requisitionId, approvalId } = await coupa.submit({ lines: [line], chain: [201] });
    await coupa.decide(approvalId, { action: 'approve', userId: 201 });
    const { summary, handOff } = await pollingOf(stack).poll();
    expect(summary).toContain('approved requisitions could not be looked through: ');
    expect(summary).toContain('core.comment.read');
    expect(handOff).toBeDefined();
    await coupa.clearFaults();
    await pollingOf(stack).poll();
    await reached(requisitionId, 'created');
  });
});
