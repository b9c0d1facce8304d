import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant } from './test-tenant.ts';

const created = z.object({
  approvals: z.array(z.object({ approvalId: z.number(), documentId: z.number() })),
});
const rows = z.array(z.looseObject({ id: z.number() }));
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

async function addDocuments(body: object) {
  const answer = await tenant.control('POST', '/sandbox/documents', body);
  expect(answer.status).toBe(201);
  return created.parse(await answer.json()).approvals;
}

async function ids(query: string): Promise<number[]> {
  return rows.parse(await tenant.json(`/api/approvals?${query}`)).map((row) => row.id);
}

test('lists rows of other documents by their type, with ids that overlap those of requisitions', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  const [expense, another] = await addDocuments({ type: 'ExpenseReport', count: 2, approverId: 202 });
  const [invoice] = await addDocuments({ type: 'InvoiceHeader' });
  expect([expense?.documentId, invoice?.documentId]).toEqual([requisitionId, requisitionId]);
  expect(await ids('status=pending_approval&approvable_type=RequisitionHeader')).toEqual([approvalId]);
  expect(await ids('approvable-type=ExpenseReport')).toEqual([expense?.approvalId, another?.approvalId]);
  expect(await ids('status=pending_approval&approvable_type[not_eq]=RequisitionHeader')).toHaveLength(3);
  expect(await tenant.json(`/api/approvals/${another?.approvalId}`)).toMatchObject({
    'approvable-type': 'ExpenseReport',
    'approvable-id': requisitionId + 1,
    'approver-id': 202,
  });
});

test('keeps the rows of a document apart from those of the requisition with the same id', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  const [expense] = await addDocuments({ type: 'ExpenseReport' });
  await tenant.control('DELETE', `/sandbox/requisitions/${requisitionId}`);
  expect((await tenant.api(`/api/approvals/${approvalId}`)).status).toBe(404);
  expect((await tenant.api(`/api/approvals/${expense?.approvalId}`)).status).toBe(200);
});

test('decides the row of another document when asked to, and records the effect', async () => {
  const [expense] = await addDocuments({ type: 'ExpenseReport' });
  const path = `/api/approvals/${expense?.approvalId}/approve`;
  await tenant.control('PUT', '/sandbox/settings', { decisionAnswer: 'requisition' });
  expect(await (await tenant.api(path, { method: 'PUT' })).json()).toMatchObject({ status: 'approved' });
  expect((await tenant.api(path, { method: 'PUT' })).status).toBe(400);
  const requests = await (await tenant.control('GET', '/sandbox/requests')).json();
  expect(requests).toContainEqual(
    expect.objectContaining({ path, effect: 'approved', approvalId: expense?.approvalId }),
  );
  expect(await (await tenant.control('GET', '/sandbox/state')).json()).toMatchObject({
    documents: [{ type: 'ExpenseReport', status: 'approved', approvalId: expense?.approvalId }],
  });
});

test('makes no requisitions by this route', async () => {
  const answer = await tenant.control('POST', '/sandbox/documents', { type: 'RequisitionHeader' });
  expect(answer.status).toBe(400);
});
