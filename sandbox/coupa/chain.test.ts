import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant } from './test-tenant.ts';

const ids = z.array(z.looseObject({ id: z.number() }));
const turn = z.object({
  status: z.string(),
  'current-approval': z.looseObject({ id: z.number() }).nullable(),
  'current-parallel-approvals': ids,
});
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

const decide = (approvalId: number, action: 'approve' | 'reject') =>
  tenant.api(`/api/approvals/${approvalId}/${action}`, { method: 'PUT' });

async function turnOf(requisitionId: number) {
  const requisition = turn.parse(await tenant.json(`/api/requisitions/${requisitionId}`));
  return {
    status: requisition.status,
    current: requisition['current-approval']?.id ?? null,
    parallel: requisition['current-parallel-approvals'].map(({ id }) => id),
  };
}

test('asks everybody of a parallel step at once, and the next step when all have approved', async () => {
  const { requisitionId, approvalId: first } = await tenant.create({
    chain: [{ parallel: [201, 203] }, 205],
  });
  const second = first + 1;
  expect(await turnOf(requisitionId)).toMatchObject({ current: first, parallel: [first, second] });
  expect(
    await tenant.json(`/api/approvals?approvable_id=${requisitionId}&id[gt_or_eq]=${first}`),
  ).toMatchObject([first, second].map((id) => ({ id, 'parallel-group-name': 'Parallel 1', position: 2 })));
  expect((await decide(second, 'approve')).status).toBe(200);
  expect(await turnOf(requisitionId)).toMatchObject({ current: first, parallel: [first] });
  expect((await decide(first, 'approve')).status).toBe(200);
  const last = second + 1;
  expect(await turnOf(requisitionId)).toEqual({ status: 'pending_approval', current: last, parallel: [] });
  await decide(last, 'approve');
  expect(await turnOf(requisitionId)).toMatchObject({ status: 'approved', current: null });
});

test('sends the requisition back when one of a parallel step rejects, and forgets the other rows', async () => {
  const { requisitionId, approvalId } = await tenant.create({ chain: [{ parallel: [201, 203] }, 205] });
  await decide(approvalId + 1, 'reject');
  expect(await turnOf(requisitionId)).toEqual({ status: 'draft', current: null, parallel: [] });
  expect((await tenant.api(`/api/approvals/${approvalId}`)).status).toBe(404);
});

test('lets one decision resolve the row of a group', async () => {
  const { requisitionId, approvalId } = await tenant.create({ chain: [{ group: 31 }, 201] });
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({
    'approver-type': 'ApprovalGroup',
    'approver-id': 31,
    approver: { id: 31, name: 'Capex Committee', active: true, users: [{ id: 202 }, { id: 203 }] },
  });
  await decide(approvalId, 'approve');
  expect(await turnOf(requisitionId)).toMatchObject({ current: approvalId + 1 });
});

test('refuses a chain that names a group or a person who does not exist', async () => {
  for (const step of [{ group: 99 }, { parallel: [] }, { parallel: [5] }, 5]) {
    expect((await tenant.control('POST', '/sandbox/requisitions', { chain: [step] })).status).toBe(400);
  }
});

test('escalates in place without touching a date', async () => {
  const { requisitionId, approvalId } = await tenant.create({ chain: [201] });
  // Dates have whole seconds: only from null can a touch be told from none within one.
  await tenant.control('PATCH', `/sandbox/approvals/${approvalId}`, { nullDates: true });
  const answer = await tenant.control('POST', `/sandbox/approvals/${approvalId}/escalate`, { toUserId: 205 });
  expect(answer.status).toBe(200);
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({
    status: 'pending_approval',
    'approver-id': 205,
    'updated-at': null,
  });
  expect(await turnOf(requisitionId)).toMatchObject({ current: approvalId });
});

test('escalates to a new row, which alone can be decided', async () => {
  const { requisitionId, approvalId } = await tenant.create({ chain: [{ group: 31 }, 201] });
  const body = { toUserId: 205, newRow: true };
  await tenant.control('POST', `/sandbox/approvals/${approvalId}/escalate`, body);
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ status: 'escalated' });
  const next = approvalId + 1;
  expect(await tenant.json(`/api/approvals/${next}`)).toMatchObject({ 'approver-id': 205, position: 2 });
  expect(await turnOf(requisitionId)).toMatchObject({ current: next });
  expect((await decide(approvalId, 'approve')).status).toBe(400);
  expect((await tenant.control('POST', `/sandbox/approvals/${approvalId}/escalate`, body)).status).toBe(400);
  await decide(next, 'approve');
  expect(await turnOf(requisitionId)).toMatchObject({ current: next + 1 });
});

test('skips a row, and goes on with the chain', async () => {
  const { requisitionId, approvalId } = await tenant.create({ chain: [201, 202] });
  expect((await tenant.control('POST', `/sandbox/approvals/${approvalId}/skip`)).status).toBe(200);
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ status: 'skipped' });
  expect(await turnOf(requisitionId)).toMatchObject({ current: approvalId + 1 });
  expect((await tenant.control('POST', `/sandbox/approvals/${approvalId}/skip`)).status).toBe(400);
});

test('restarts a chain from its beginning with new rows', async () => {
  const { requisitionId, approvalId } = await tenant.create({ chain: [201, 202] });
  await decide(approvalId, 'approve');
  const before = (await turnOf(requisitionId)).current ?? 0;
  const answer = await tenant.control('POST', `/sandbox/requisitions/${requisitionId}/restart`);
  const after = z.object({ approvalId: z.number() }).parse(await answer.json()).approvalId;
  expect(after).toBeGreaterThan(before);
  expect((await tenant.api(`/api/approvals/${before}`)).status).toBe(404);
  expect(await tenant.json(`/api/approvals/${after}`)).toMatchObject({ 'approver-id': 201 });
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ status: 'approved' });
  await tenant.control('POST', `/sandbox/requisitions/${requisitionId}/withdraw`);
  expect((await tenant.control('POST', `/sandbox/requisitions/${requisitionId}/restart`)).status).toBe(400);
});

test('moves a row, and names delegates on it, without touching its dates', async () => {
  const { approvalId } = await tenant.create();
  await tenant.control('PATCH', `/sandbox/approvals/${approvalId}`, { nullDates: true });
  const body = { position: 7, delegates: [204, 205], delegateId: 203 };
  await tenant.control('PATCH', `/sandbox/approvals/${approvalId}`, body);
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({
    position: 7,
    delegates: [{ id: 204, active: true }, { id: 205 }],
    delegate: { id: 203 },
    'delegate-id': 203,
    'updated-at': null,
  });
});
