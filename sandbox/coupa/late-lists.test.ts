import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant } from './test-tenant.ts';

const HOUR_MS = 3_600_000;
const rows = z.array(z.looseObject({ id: z.number(), status: z.string() }));

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

const setLag = (listLagMs: number) => tenant.control('PUT', '/sandbox/settings', { listLagMs });
const approve = (approvalId: number) =>
  tenant.control('POST', `/sandbox/approvals/${approvalId}/decide`, { action: 'approve' });

async function listed(path: string): Promise<[number, string][]> {
  return rows.parse(await tenant.json(path)).map((row) => [row.id, row.status]);
}

const pending = '/api/approvals?status=pending_approval';

test('lists a row as pending that was decided since, while the single read shows the decision', async () => {
  const { approvalId, requisitionId } = await tenant.create({ chain: [201, 202] });
  await setLag(HOUR_MS);
  await approve(approvalId);
  expect(await listed(pending)).toEqual([[approvalId, 'pending_approval']]);
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ status: 'approved' });
  expect(await tenant.json(`/api/requisitions?id[in]=${requisitionId}`)).toMatchObject([
    { 'current-approval': { id: approvalId }, approvals: [{ status: 'approved' }, { id: approvalId }] },
  ]);
  expect(await tenant.json(`/api/requisitions/${requisitionId}`)).toMatchObject({
    'current-approval': { id: approvalId + 1 },
  });
});

test('lacks a requisition that is newer, and still lists one that was deleted', async () => {
  const old = await tenant.create();
  await setLag(HOUR_MS);
  const newer = await tenant.create();
  await tenant.control('DELETE', `/sandbox/requisitions/${old.requisitionId}`);
  expect(await listed(pending)).toEqual([[old.approvalId, 'pending_approval']]);
  expect(await listed('/api/requisitions')).toEqual([[old.requisitionId, 'pending_approval']]);
  expect((await tenant.api(`/api/requisitions/${old.requisitionId}`)).status).toBe(404);
  expect((await tenant.api(`/api/requisitions/${newer.requisitionId}`)).status).toBe(200);
});

test('lists a change once the lag has passed, and at once when it is lifted', async () => {
  const { approvalId } = await tenant.create({ chain: [201, 202] });
  await setLag(1);
  await approve(approvalId);
  await expect.poll(() => listed(pending)).toEqual([[approvalId + 1, 'pending_approval']]);
  await setLag(HOUR_MS);
  await approve(approvalId + 1);
  expect(await listed(pending)).toEqual([[approvalId + 1, 'pending_approval']]);
  await setLag(0);
  expect(await listed(pending)).toEqual([]);
});

test('does not know what was changed before a lag was set', async () => {
  const { approvalId } = await tenant.create({ chain: [201] });
  await approve(approvalId);
  await setLag(HOUR_MS);
  expect(await listed(pending)).toEqual([]);
});
