import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant, tokenForm } from './test-tenant.ts';

const anyText: unknown = expect.any(String);
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
});
afterEach(() => tenant.close());

test('answers a bearer token with its lifetime in seconds', async () => {
  const answer = await tenant.token(tokenForm());
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    access_token: anyText,
    token_type: 'bearer',
    expires_in: 86_400,
  });
});

test('refuses a wrong secret with 401 invalid_client', async () => {
  const answer = await tenant.token({ ...tokenForm(), client_secret: 'wrong' });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
});

test('refuses a scope that the client was not granted with 400 invalid_scope', async () => {
  const answer = await tenant.token(tokenForm('core.approval.read core.moon.write'));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: 'invalid_scope' });
});

test('grants only the scopes that the tenant was told to grant', async () => {
  const grantedScopes = ['core.approval.read', 'core.comment.read'];
  await tenant.control('PUT', '/sandbox/settings', { grantedScopes });
  expect((await tenant.token(tokenForm('core.approval.read core.comment.read'))).status).toBe(200);
  const answer = await tenant.token(tokenForm('core.approval.read core.user.read'));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: 'invalid_scope' });
});

test('refuses comma separated scopes, another grant and a JSON body', async () => {
  expect((await tenant.token(tokenForm('core.approval.read,core.user.read'))).status).toBe(400);
  expect((await tenant.token({ ...tokenForm(), grant_type: 'password' })).status).toBe(400);
  const json = await fetch(`${tenant.url}/oauth2/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(tokenForm()),
  });
  expect(json.status).toBe(400);
});

test('answers 401 without a token, 403 without the scope, and 401 to every token once they expired', async () => {
  const issued = await (await tenant.token(tokenForm('core.user.read'))).json();
  const { access_token: value } = z.object({ access_token: z.string() }).parse(issued);
  const headers = { Authorization: `Bearer ${value}` };
  expect((await tenant.api('/api/users', { headers })).status).toBe(200);
  expect((await tenant.api('/api/approvals', { headers })).status).toBe(403);
  expect((await tenant.api('/api/approvals', { headers: { Authorization: 'Bearer nonsense' } })).status).toBe(
    401,
  );
  await tenant.control('POST', '/sandbox/expire-tokens');
  expect((await tenant.api('/api/users', { headers })).status).toBe(401);
});

test('refuses a token that is used before it settled', async () => {
  await tenant.control('PUT', '/sandbox/settings', { settleMs: 3_600_000 });
  expect((await tenant.api('/api/users')).status).toBe(401);
  await tenant.control('PUT', '/sandbox/settings', { settleMs: 0 });
  expect((await tenant.api('/api/users')).status).toBe(200);
});

test('gives a token without asked scopes all granted ones, and takes the client as HTTP Basic', async () => {
  const answer = await fetch(`${tenant.url}/oauth2/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from('client:secret').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: value } = z.object({ access_token: z.string() }).parse(await answer.json());
  const headers = { Authorization: `Bearer ${value}` };
  expect((await tenant.api('/api/approvals', { headers })).status).toBe(200);
});
