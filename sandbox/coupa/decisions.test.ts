import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant } from './test-tenant.ts';

const anyText: unknown = expect.any(String);
const current = z.object({ 'current-approval': z.looseObject({ id: z.number() }).nullable() });
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

function decide(approvalId: number, action: 'approve' | 'reject', reason = 'fine'): Promise<Response> {
  return tenant.api(`/api/approvals/${approvalId}/${action}?reason=${encodeURIComponent(reason)}`, {
    method: 'PUT',
  });
}

async function currentOf(requisitionId: number): Promise<number | undefined> {
  return current.parse(await tenant.json(`/api/requisitions/${requisitionId}`))['current-approval']?.id;
}

test('records an approval as the API user with the reason as its note', async () => {
  const { approvalId } = await tenant.create();
  const answer = await decide(approvalId, 'approve', 'yes & thanks');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    id: approvalId,
    status: 'approved',
    note: 'yes & thanks',
    'approval-date': anyText,
    approver: { id: 201 },
    'approved-by': { id: 900, fullname: 'Chat Approvals' },
  });
});

test('makes the next row of the chain only when its turn comes, then approves the requisition', async () => {
  const { requisitionId, approvalId } = await tenant.create({ chain: [201, 202] });
  expect(await tenant.json('/api/approvals?approver_id=202')).toEqual([]);
  await decide(approvalId, 'approve');
  const next = (await currentOf(requisitionId)) ?? 0;
  expect(next).toBeGreaterThan(approvalId);
  expect(await tenant.json(`/api/approvals/${next}`)).toMatchObject({ 'approver-id': 202 });
  await decide(next, 'approve');
  expect(await tenant.json(`/api/requisitions/${requisitionId}`)).toMatchObject({
    status: 'approved',
    'current-approval': null,
  });
});

test('sends a rejected requisition back to draft with the reason', async () => {
  const { requisitionId, approvalId } = await tenant.create({ chain: [201, 202] });
  expect(await (await decide(approvalId, 'reject', 'too dear')).json()).toMatchObject({ status: 'rejected' });
  expect(await tenant.json(`/api/requisitions/${requisitionId}`)).toMatchObject({
    status: 'draft',
    'reject-reason-comment': 'too dear',
    'current-approval': null,
  });
});

test('lets only one of many simultaneous decisions have an effect', async () => {
  const { approvalId } = await tenant.create();
  const actions = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'approve' : 'reject'));
  const answers = await Promise.all(actions.map((action) => decide(approvalId, action)));
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 400)).toHaveLength(19);
});

test('answers 400 to a decided row and to the pending row of a withdrawn document, 404 to an unknown one', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  await tenant.control('POST', `/sandbox/requisitions/${requisitionId}/withdraw`);
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ status: 'pending_approval' });
  const refused = await decide(approvalId, 'approve');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toEqual({ errors: { approval: [anyText] } });
  expect((await decide(1, 'approve')).status).toBe(404);
});

test('refuses to approve with its own words while the row stays pending, but rejects', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  const message = 'Exceeds your approval limit';
  await tenant.control('PUT', `/sandbox/requisitions/${requisitionId}/refuse`, { message });
  const refused = await decide(approvalId, 'approve');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toEqual({ errors: { approval: [message] } });
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ status: 'pending_approval' });
  expect((await decide(approvalId, 'reject')).status).toBe(200);
});

test('refuses to reject, or both, when told so, until it is lifted', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  const refuse = (message: string | null, on: string) =>
    tenant.control('PUT', `/sandbox/requisitions/${requisitionId}/refuse`, { message, on });
  await refuse('Blocked by a chain', 'both');
  expect((await decide(approvalId, 'approve')).status).toBe(400);
  await refuse('Blocked by a chain', 'reject');
  expect(await (await decide(approvalId, 'reject')).json()).toEqual({
    errors: { approval: ['Blocked by a chain'] },
  });
  await refuse(null, 'reject');
  expect((await decide(approvalId, 'reject')).status).toBe(200);
});

test('keeps a decision without its note when the tenant drops notes', async () => {
  const { approvalId } = await tenant.create();
  await tenant.control('PUT', '/sandbox/settings', { dropNotes: true });
  await decide(approvalId, 'approve', 'yes');
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({
    status: 'approved',
    note: null,
    'approved-by': { id: 900 },
    'approval-date': anyText,
  });
});

test('answers with the requisition, or with nothing, when the tenant is set so', async () => {
  const first = await tenant.create();
  await tenant.control('PUT', '/sandbox/settings', { decisionAnswer: 'requisition' });
  expect(await (await decide(first.approvalId, 'approve')).json()).toMatchObject({
    id: first.requisitionId,
    status: 'approved',
  });
  const second = await tenant.create();
  await tenant.control('PUT', '/sandbox/settings', { decisionAnswer: 'empty204' });
  const empty = await decide(second.approvalId, 'approve');
  expect(empty.status).toBe(204);
  expect(await empty.text()).toBe('');
});
