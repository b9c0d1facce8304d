import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant } from './test-tenant.ts';

const anyText: unknown = expect.any(String);
const tenantTime: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-08:00$/);
const rows = z.array(z.looseObject({ id: z.number() }));
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

async function ids(query: string): Promise<number[]> {
  return rows.parse(await tenant.json(`/api/approvals?${query}`)).map((row) => row.id);
}

test('answers an empty list, not an error, when nothing matches', async () => {
  expect(await tenant.json('/api/approvals?status=pending_approval')).toEqual([]);
});

test('combines filters, with dashes as good as underscores', async () => {
  const first = await tenant.create({ chain: [201] });
  const second = await tenant.create({ chain: [202] });
  expect(await ids('status=pending_approval')).toEqual([first.approvalId, second.approvalId]);
  expect(await ids('status=pending_approval&approver-id=202')).toEqual([second.approvalId]);
  expect(await ids('status=pending_approval&approver_id=202&approvable-type=ExpenseReport')).toEqual([]);
  expect(await ids(`id[gt]=${first.approvalId}&status=pending_approval`)).toEqual([second.approvalId]);
  expect(await ids(`id%5Bin%5D=${first.approvalId},${second.approvalId}&order_by=id&dir=desc`)).toEqual([
    second.approvalId,
    first.approvalId,
  ]);
});

test('never matches a row without dates on a date filter', async () => {
  const { approvalId } = await tenant.create();
  const query = 'status=pending_approval&updated-at[gt_or_eq]=2000-01-01T00:00:00Z';
  expect(await ids(query)).toEqual([approvalId]);
  await tenant.control('PATCH', `/sandbox/approvals/${approvalId}`, { nullDates: true });
  expect(await ids(query)).toEqual([]);
  expect(await ids('status=pending_approval')).toEqual([approvalId]);
});

test('shows no updated-at on a tenant that has none, and finds nothing by it', async () => {
  const { approvalId } = await tenant.create();
  const query = 'status=pending_approval&updated-at[gt_or_eq]=2000-01-01T00:00:00Z';
  expect(await ids(query)).toEqual([approvalId]);
  await tenant.control('PUT', '/sandbox/settings', { updatedAtNull: true });
  expect(await ids(query)).toEqual([]);
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ 'updated-at': null });
});

test('finds requisitions by the address of whoever has the turn, members and parallel approvers included', async () => {
  const mine = await tenant.create({ chain: [203, 201] });
  const ofGroup = await tenant.create({ chain: [{ group: 31 }] });
  const parallel = await tenant.create({ chain: [{ parallel: [205, 203] }] });
  await tenant.create({ chain: [201, 203] });
  const query = 'current_approver_association[email]=CY.Nod@example.test&status=pending_approval';
  const found = rows.parse(await tenant.json(`/api/requisitions?${query}`)).map((row) => row.id);
  expect(found).toEqual([mine.requisitionId, ofGroup.requisitionId, parallel.requisitionId]);
});

test('never gives more than 50 rows, and the others by offset', async () => {
  await Promise.all(Array.from({ length: 55 }, () => tenant.create()));
  expect(await ids('status=pending_approval&limit=200')).toHaveLength(50);
  expect(await ids('status=pending_approval&offset=50')).toHaveLength(5);
});

test.each([
  'colour=red',
  'id[near]=4',
  'id[gt]=abc',
  'updated_at[gt]=yesterday',
  'dir=sideways',
  'fields=id',
])('answers 400 with a validation error to %s', async (query) => {
  const answer = await tenant.api(`/api/approvals?${query}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({ errors: { base: [anyText] } });
});

test('slims the answer to the asked fields, with dashed keys and nested objects', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  const fields = encodeURIComponent('["id","approvable_id",{"approver":["id","email"]},"no-such"]');
  expect(await tenant.json(`/api/approvals?status=pending_approval&fields=${fields}`)).toEqual([
    {
      id: approvalId,
      'approvable-id': requisitionId,
      approver: { id: 201, email: 'ada.prover@example.test' },
    },
  ]);
  const lines = encodeURIComponent('[{"requisition_lines":["quantity","total"]}]');
  expect(await tenant.json(`/api/requisitions/${requisitionId}?fields=${lines}`)).toEqual({
    'requisition-lines': [
      { quantity: '4.0', total: '14000.00' },
      { quantity: null, total: '60.41' },
    ],
  });
});

test('answers XML unless JSON is asked for, and then 404 for an empty list', async () => {
  const empty = await tenant.api('/api/approvals', { headers: { Accept: '*/*' } });
  expect(empty.status).toBe(404);
  expect(await empty.text()).toContain('<errors><error>No results</error></errors>');
  await tenant.create();
  const full = await tenant.api('/api/approvals', { headers: { Accept: 'application/xml' } });
  expect(full.headers.get('Content-Type')).toContain('application/xml');
  expect(await full.text()).toContain('<approvable-type>RequisitionHeader</approvable-type>');
});

test('answers 404 with a plain text for an unknown id', async () => {
  for (const path of ['/api/approvals/1', '/api/requisitions/1', '/api/users/1']) {
    const answer = await tenant.api(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ errors: anyText });
  }
});

test('shows a requisition with string decimals, its chain so far and the current approval', async () => {
  const { requisitionId, approvalId } = await tenant.create({ chain: [201, 202] });
  expect(await tenant.json(`/api/requisitions/${requisitionId}`)).toMatchObject({
    status: 'pending_approval',
    total: '14060.41',
    currency: { code: 'USD', decimals: 2 },
    'submitted-at': tenantTime,
    'requested-by': { id: 101, fullname: 'Rhea Quester' },
    approvals: [
      { type: 'SelfApproval', status: 'approved', 'approved-by': { id: 101 } },
      { id: approvalId, status: 'pending_approval', 'approver-id': 201 },
    ],
    'current-approval': { id: approvalId },
    'current-parallel-approvals': [],
  });
  expect(await tenant.json(`/api/requisitions?id=${requisitionId}&status=approved`)).toEqual([]);
});

test('finds a user by address whatever its case, with the manager', async () => {
  expect(await tenant.json('/api/users?email=ADA.Prover@example.test')).toMatchObject([
    { id: 201, 'employee-number': 'E00201', active: true, manager: { id: 202 } },
  ]);
  expect(await tenant.json('/api/users?email=ada')).toEqual([]);
});
