import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant, tokenForm } from './test-tenant.ts';

const dates = z.array(z.looseObject({ 'start-date': z.string(), 'end-date': z.string() }));
let folder: string;
let statePath: string;
let tenant: TestTenant;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coupa-directory-'));
  statePath = join(folder, 'coupa.json');
  tenant = await startTestTenant({ statePath });
});
afterEach(async () => {
  await tenant.close();
  rmSync(folder, { recursive: true });
});

async function restartTenant(): Promise<void> {
  await tenant.close();
  tenant = await startTestTenant({ statePath });
}

test('shows an inactive account as such, to itself and on the rows it would decide', async () => {
  const { approvalId } = await tenant.create({ chain: [201] });
  const answer = await tenant.control('PATCH', '/sandbox/people/201', { active: false });
  expect(await answer.json()).toEqual({ id: 201, active: false, email: 'ada.prover@example.test' });
  expect(await tenant.json('/api/users/201')).toMatchObject({ active: false });
  expect(await tenant.json('/api/users?status=active&id[in]=201,202')).toMatchObject([{ id: 202 }]);
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ approver: { active: false } });
});

test('lets two users have one address, in this tenant only', async () => {
  const other = await startTestTenant();
  try {
    await tenant.control('PATCH', '/sandbox/people/202', { email: 'ada.prover@example.test' });
    const query = '/api/users?email=ADA.prover@example.test';
    expect(await tenant.json(query)).toMatchObject([{ id: 201 }, { id: 202 }]);
    expect(await other.json(query)).toMatchObject([{ id: 201 }]);
  } finally {
    await other.close();
  }
});

test('answers 404 for people and delegations that nobody knows', async () => {
  expect((await tenant.control('PATCH', '/sandbox/people/5', { active: false })).status).toBe(404);
  expect((await tenant.control('DELETE', '/sandbox/delegations/5')).status).toBe(404);
  expect((await tenant.api('/api/user_groups/5')).status).toBe(404);
});

test('shows groups with their members as they are by now, on the rows as well', async () => {
  const { approvalId } = await tenant.create({ chain: [{ group: 31 }] });
  await tenant.control('PUT', '/sandbox/groups/31', { name: 'Capex', userIds: [204], active: false });
  const group = { id: 31, name: 'Capex', active: false, users: [{ id: 204 }] };
  expect(await tenant.json('/api/user_groups')).toMatchObject([group]);
  expect(await tenant.json('/api/user_groups/31')).toMatchObject({ ...group, 'can-approve': true });
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ approver: group });
  expect(await tenant.json('/api/users/204')).toMatchObject({ 'approval-groups': [{ id: 31 }] });
});

test('shows groups only to a token with their scope', async () => {
  const answer = await tenant.token(tokenForm('core.user.read'));
  const { access_token } = z.object({ access_token: z.string() }).parse(await answer.json());
  const headers = { Authorization: `Bearer ${access_token}` };
  expect((await tenant.api('/api/user_groups', { headers })).status).toBe(403);
  expect((await tenant.api('/api/users', { headers })).status).toBe(200);
});

test('lists delegations with both people, and finds them by either', async () => {
  const body = { delegatorId: 201, delegateId: 202 };
  const created = await tenant.control('POST', '/sandbox/delegations', body);
  expect(created.status).toBe(201);
  expect(await created.json()).toEqual({ id: 1 });
  const receiving = { delegatorId: 203, delegateId: 201, approvals: false, endsInS: null };
  await tenant.control('POST', '/sandbox/delegations', receiving);
  const [first] = dates.parse(await tenant.json('/api/delegations?delegator-id=201'));
  expect(first).toMatchObject({
    id: 1,
    'delegator-id': 201,
    'delegate-id': 202,
    'approval-delegate': true,
    delegator: { id: 201, fullname: 'Ada Prover' },
    delegate: { id: 202, email: 'bo.ss@example.test' },
  });
  expect(Date.parse(first?.['start-date'] ?? '')).toBeLessThan(Date.parse(first?.['end-date'] ?? ''));
  expect(await tenant.json('/api/delegations?delegate_id=201')).toMatchObject([
    { id: 2, 'approval-delegate': false, 'end-date': null },
  ]);
  expect((await tenant.control('DELETE', '/sandbox/delegations/1')).status).toBe(204);
  expect(await tenant.json('/api/delegations?id[gt]=0')).toMatchObject([{ id: 2 }]);
});

test('knows its people, groups and delegations after a restart', async () => {
  await tenant.control('PATCH', '/sandbox/people/201', { active: false });
  await tenant.control('PATCH', '/sandbox/people/201', { email: 'a.prover@example.test' });
  await tenant.control('PUT', '/sandbox/groups/32', { name: 'Legal', userIds: [] });
  await tenant.control('POST', '/sandbox/delegations', { delegatorId: 201, delegateId: 202 });
  await tenant.control('DELETE', '/sandbox/delegations/1');
  await restartTenant();
  expect(await tenant.json('/api/users/201')).toMatchObject({
    active: false,
    email: 'a.prover@example.test',
  });
  expect(await tenant.json('/api/user_groups')).toMatchObject([{ id: 31 }, { id: 32, name: 'Legal' }]);
  const next = await tenant.control('POST', '/sandbox/delegations', { delegatorId: 201, delegateId: 202 });
  expect(await next.json()).toEqual({ id: 2 });
});

test('reads a state file in which rows still carry their groups', async () => {
  const { approvalId } = await tenant.create({ chain: [{ group: 31 }] });
  await tenant.close();
  const state = z
    .looseObject({ approvals: z.array(z.looseObject({ group: z.unknown() })) })
    .parse(JSON.parse(readFileSync(statePath, 'utf8')));
  const old = { id: 31, name: 'Capex Committee', userIds: [202, 203] };
  const approvals = state.approvals.map((row) => ({ ...row, group: row.group === null ? null : old }));
  writeFileSync(statePath, JSON.stringify({ ...state, approvals }));
  tenant = await startTestTenant({ statePath });
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({
    approver: { id: 31, users: [{ id: 202 }, { id: 203 }] },
  });
});
