import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestTenant, type TestTenant } from './coupa/test-tenant.ts';

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

function fault(body: object): Promise<Response> {
  return tenant.control('POST', '/sandbox/faults', body);
}

async function statusOf(approvalId: number): Promise<unknown> {
  return tenant.json(`/api/approvals/${approvalId}?fields=["status"]`);
}

const approve = (approvalId: number) => tenant.api(`/api/approvals/${approvalId}/approve`, { method: 'PUT' });

test('plays a status as often as asked, with its Retry-After, and then answers again', async () => {
  expect(
    (await fault({ route: 'approvals', kind: 'status', status: 503, times: 2, retryAfter: '7' })).status,
  ).toBe(201);
  expect((await tenant.api('/api/users')).status).toBe(200);
  for (const attempt of [1, 2]) {
    const answer = await tenant.api(`/api/approvals?offset=${attempt}`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).toBe('7');
  }
  expect((await tenant.api('/api/approvals')).status).toBe(200);
});

test('cuts the connection before the effect', async () => {
  const { approvalId } = await tenant.create();
  await fault({ route: 'approve', kind: 'dropBefore' });
  await expect(approve(approvalId)).rejects.toThrow('fetch failed');
  expect(await statusOf(approvalId)).toEqual({ status: 'pending_approval' });
});

test('cuts the connection after the effect, and records both', async () => {
  const { approvalId } = await tenant.create();
  await tenant.control('DELETE', '/sandbox/requests');
  await fault({ route: 'approve', kind: 'dropAfter' });
  await expect(approve(approvalId)).rejects.toThrow('fetch failed');
  expect(await statusOf(approvalId)).toEqual({ status: 'approved' });
  const requests = await (await tenant.control('GET', '/sandbox/requests')).json();
  expect(requests).toMatchObject([
    {
      method: 'PUT',
      path: `/api/approvals/${approvalId}/approve`,
      status: null,
      effect: 'approved',
      approvalId,
      fault: 'dropAfter',
      durationMs: expect.any(Number) as number,
    },
    { method: 'GET', query: { fields: '["status"]' }, status: 200 },
  ]);
});

test('answers with an error although the effect stands', async () => {
  const { approvalId } = await tenant.create();
  await fault({ route: 'approve', kind: 'statusAfter' });
  expect((await approve(approvalId)).status).toBe(502);
  expect(await statusOf(approvalId)).toEqual({ status: 'approved' });
});

test('answers a maintenance page, a redirect to the login page, half an answer and XML', async () => {
  await fault({ route: '*', kind: 'html' });
  const page = await tenant.api('/api/approvals');
  expect([page.status, page.headers.get('Content-Type')]).toEqual([503, 'text/html; charset=utf-8']);
  await fault({ route: '*', kind: 'redirect' });
  const redirect = await tenant.api('/api/approvals');
  expect([redirect.status, redirect.headers.get('Location')]).toEqual([302, '/login']);
  await fault({ route: 'users', kind: 'truncated' });
  const half = await tenant.api('/api/users');
  expect(half.headers.get('Content-Type')).toContain('application/json');
  await expect(half.json()).rejects.toThrow(SyntaxError);
  await fault({ route: 'users', kind: 'xml' });
  expect(await (await tenant.api('/api/users')).text()).toMatch(/^<\?xml/);
});

test('meets one document alone when a fault names its id', async () => {
  const { approvalId } = await tenant.create();
  const other = await tenant.create();
  await fault({ route: 'approval', id: approvalId, kind: 'status', status: 503, times: 9 });
  expect((await tenant.api(`/api/approvals/${other.approvalId}`)).status).toBe(200);
  expect((await tenant.api(`/api/approvals/${approvalId}`)).status).toBe(503);
  expect((await tenant.api('/api/approvals')).status).toBe(200);
});

test('answers a maintenance page that calls itself 200, and leads away from this host', async () => {
  await fault({ route: 'users', kind: 'html', status: 200 });
  const page = await tenant.api('/api/users');
  expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
  await fault({ route: 'users', kind: 'redirect', location: 'http://127.0.0.1:9/login' });
  expect((await tenant.api('/api/users')).headers.get('Location')).toBe('http://127.0.0.1:9/login');
});

test('answers with an empty 200, a slow body, and about something else, once the effect stands', async () => {
  const { approvalId } = await tenant.create();
  await fault({ route: 'approve', kind: 'empty' });
  const empty = await approve(approvalId);
  expect([empty.status, await empty.text()]).toEqual([200, '']);
  expect(await statusOf(approvalId)).toEqual({ status: 'approved' });
  await fault({ route: 'approval', kind: 'slowBody', delayMs: 20 });
  expect(await statusOf(approvalId)).toEqual({ status: 'approved' });
  await fault({ route: 'approval', kind: 'otherResource' });
  expect(await tenant.json(`/api/approvals/${approvalId}`)).toMatchObject({ id: approvalId + 1 });
  await fault({ route: 'approvals', kind: 'otherResource' });
  expect(await tenant.json('/api/approvals')).toEqual({ id: 1, login: 'somebody' });
});

test('forgets planned faults when told, and refuses an unknown route or kind', async () => {
  await fault({ route: '*', kind: 'status', times: 99 });
  await tenant.control('DELETE', '/sandbox/faults');
  expect((await tenant.api('/api/approvals')).status).toBe(200);
  expect((await fault({ route: 'nowhere', kind: 'status' })).status).toBe(400);
  expect((await fault({ route: '*', kind: 'earthquake' })).status).toBe(400);
});

test('carries a held-back request out although its client hung up', async () => {
  const { approvalId } = await tenant.create();
  await fault({ route: 'approve', kind: 'delay', delayMs: 150 });
  const hungUp = tenant.api(`/api/approvals/${approvalId}/approve`, {
    method: 'PUT',
    signal: AbortSignal.timeout(20),
  });
  await expect(hungUp).rejects.toThrow();
  await expect.poll(() => statusOf(approvalId)).toEqual({ status: 'approved' });
});

test('answers 429 to a burst above the limit', async () => {
  await tenant.control('PUT', '/sandbox/settings', { requestsPerSecond: 1 });
  const answers = await Promise.all(Array.from({ length: 60 }, () => tenant.api('/api/users')));
  const statuses = answers.map((answer) => answer.status);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(21);
  expect(statuses).toContain(429);
});
