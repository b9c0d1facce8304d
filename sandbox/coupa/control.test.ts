import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant } from './test-tenant.ts';

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

test('creates a believable submitted requisition from an empty body, with the first ids', async () => {
  expect(await tenant.create()).toEqual({
    requisitionId: 5001,
    approvalId: 70_002,
    status: 'pending_approval',
  });
});

test('lists everything wrong with a control body', async () => {
  const answer = await tenant.control('POST', '/sandbox/requisitions', {
    requesterId: 5,
    currency: 'dollars',
    lines: [{ description: 'x', quantity: 'many', unitPrice: '1' }],
    colour: 'red',
  });
  expect(answer.status).toBe(400);
  const { problems } = z
    .object({ problems: z.array(z.object({ path: z.string() })) })
    .parse(await answer.json());
  expect(problems.map((problem) => problem.path)).toEqual(
    expect.arrayContaining(['requesterId', 'currency', 'lines[0].quantity', '']),
  );
});

test('keeps an unsubmitted requisition as a draft without a current approval', async () => {
  const answer = await tenant.control('POST', '/sandbox/requisitions', { submit: false });
  expect(await answer.json()).toMatchObject({ approvalId: null, status: 'draft' });
  expect(await tenant.json('/api/approvals')).toEqual([]);
});

test('edits a pending requisition without touching the dates of its row, unless told to', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  // Dates have whole seconds: only from null can a touch be told from none within one.
  await tenant.control('PATCH', `/sandbox/approvals/${approvalId}`, { nullDates: true });
  await tenant.control('PATCH', `/sandbox/requisitions/${requisitionId}`, { title: 'More laptops' });
  expect(await tenant.json(`/api/requisitions/${requisitionId}`)).toMatchObject({
    'req-title': 'More laptops',
    'current-approval': { id: approvalId, 'updated-at': null },
  });
  await tenant.control('PATCH', `/sandbox/requisitions/${requisitionId}`, { bump: true });
  expect(await tenant.json(`/api/approvals/${approvalId}`)).not.toMatchObject({ 'updated-at': null });
});

test('recomputes the total exactly when lines are replaced, and keeps their ids', async () => {
  const { requisitionId } = await tenant.create();
  await tenant.control('PATCH', `/sandbox/requisitions/${requisitionId}`, {
    lines: [
      { description: 'Screw', quantity: '3', unitPrice: '0.1' },
      { description: 'Nail', quantity: null, unitPrice: '0.2' },
    ],
  });
  expect(await tenant.json(`/api/requisitions/${requisitionId}`)).toMatchObject({
    total: '0.50',
    'requisition-lines': [
      { id: 1, quantity: '3.0', total: '0.30' },
      { id: 2, quantity: null, total: '0.20' },
    ],
  });
});

test('gives a re-submitted requisition new rows and forgets the pending one', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  await tenant.control('POST', `/sandbox/requisitions/${requisitionId}/withdraw`);
  const answer = await tenant.control('POST', `/sandbox/requisitions/${requisitionId}/submit`);
  const { approvalId: next } = z.object({ approvalId: z.number() }).parse(await answer.json());
  expect(next).toBeGreaterThan(approvalId);
  expect((await tenant.api(`/api/approvals/${approvalId}`)).status).toBe(404);
  const again = await tenant.control('POST', `/sandbox/requisitions/${requisitionId}/submit`);
  expect(again.status).toBe(400);
});

test('answers 404 for a deleted requisition and its rows', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  await tenant.control('DELETE', `/sandbox/requisitions/${requisitionId}`);
  expect((await tenant.api(`/api/requisitions/${requisitionId}`)).status).toBe(404);
  expect((await tenant.api(`/api/approvals/${approvalId}`)).status).toBe(404);
});

test('lets somebody decide in Coupa itself, and shows it at a glance', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  const body = { userId: 202, action: 'approve', reason: 'seen' };
  expect((await tenant.control('POST', `/sandbox/approvals/${approvalId}/decide`, body)).status).toBe(200);
  expect((await tenant.control('POST', `/sandbox/approvals/${approvalId}/decide`, body)).status).toBe(400);
  expect(await (await tenant.control('GET', '/sandbox/state')).json()).toEqual({
    requisitions: [
      {
        id: requisitionId,
        title: 'Laptops for new hires',
        status: 'approved',
        total: '14060.41',
        currency: 'USD',
        requester: 'Rhea Quester',
        approvals: [
          { id: 70_001, status: 'approved', approverId: 101, approvedById: 101, note: null },
          { id: approvalId, status: 'approved', approverId: 201, approvedById: 202, note: 'seen' },
        ],
        currentApprovalId: null,
      },
    ],
    documents: [],
  });
});

test('shows one requisition at a glance', async () => {
  const { requisitionId, approvalId } = await tenant.create();
  const answer = await tenant.control('GET', `/sandbox/requisitions/${requisitionId}`);
  expect(await answer.json()).toMatchObject({ id: requisitionId, currentApprovalId: approvalId });
  expect((await tenant.control('GET', '/sandbox/requisitions/1')).status).toBe(404);
});

test('turns the approver of a row into a group with its members', async () => {
  const { approvalId } = await tenant.create();
  await tenant.control('PATCH', `/sandbox/approvals/${approvalId}`, {
    group: { id: 31, name: 'Capex Committee', userIds: [202, 203] },
  });
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({
    'approver-type': 'ApprovalGroup',
    'approver-id': 31,
    approver: { name: 'Capex Committee', users: [{ id: 202 }, { id: 203 }] },
  });
});

test('tells the call-out of a submission, and submits all the same when nobody listens there', async () => {
  const listener = createServer();
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const { port } = z.object({ port: z.number() }).parse(listener.address());
  const url = `http://127.0.0.1:${port}/wake`;
  await tenant.control('PUT', '/sandbox/settings', { callOut: { url, key: 'k' } });
  const heard = new Promise((resolve) => {
    listener.on('request', (request, response) => {
      resolve(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
      response.end();
    });
  });
  await tenant.create();
  expect(await heard).toBe('POST /wake Bearer k');
  listener.closeAllConnections();
  await new Promise((resolve) => listener.close(resolve));
  expect(await tenant.create()).toMatchObject({ status: 'pending_approval' });
});

test('seeds the demo with three waiting approvals and a draft whose row has no dates', async () => {
  const demo = await startTestTenant({ seed: 'demo' });
  try {
    expect(await demo.json('/api/requisitions?status=pending_approval')).toHaveLength(3);
    expect(await demo.json('/api/requisitions?status=draft')).toMatchObject([
      { 'submitted-at': null, 'current-approval': null, approvals: [{ 'updated-at': null }] },
    ]);
  } finally {
    await demo.close();
  }
});
