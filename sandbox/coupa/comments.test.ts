import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestTenant, type TestTenant, tokenForm } from './test-tenant.ts';

const at = '/api/requisitions/5001/comments';
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTestTenant();
  await tenant.create();
});
afterEach(() => tenant.close());

const post = (text: unknown, path = at) =>
  tenant.api(path, { method: 'POST', body: JSON.stringify({ comments: text }) });

test('answers no comments with an empty list, and a new one in Coupa’s shape, by the API’s user', async () => {
  expect(await tenant.json(at)).toEqual([]);
  const answer = await post('@[User:101] why four?');
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({
    id: 1,
    'commentable-type': 'RequisitionHeader',
    'commentable-id': 5001,
    comments: '@[User:101] why four?',
    'created-by': { id: 900, login: 'chat-approvals-api' },
  });
  expect(await tenant.json(at)).toMatchObject([{ id: 1, comments: '@[User:101] why four?' }]);
});

test('lists by id, pages, turns round and slims like every list', async () => {
  for (const text of ['one', 'two', 'three']) await post(text);
  expect(await tenant.json(`${at}?fields=["comments"]`)).toEqual([
    { comments: 'one' },
    { comments: 'two' },
    { comments: 'three' },
  ]);
  const newest = `${at}?order_by=id&dir=desc&limit=1&fields=["comments",{"created-by":["id"]}]`;
  expect(await tenant.json(newest)).toEqual([{ comments: 'three', 'created-by': { id: 900 } }]);
  expect((await tenant.api(`${at}?moon=1`)).status).toBe(400);
});

test('refuses an empty comment, another body, and a requisition that does not exist', async () => {
  for (const text of ['', ' ', 5, undefined]) expect((await post(text)).status).toBe(400);
  expect((await tenant.api(at, { method: 'POST', body: 'text' })).status).toBe(400);
  expect((await post('x', '/api/requisitions/9/comments')).status).toBe(404);
  expect((await tenant.api('/api/requisitions/9/comments')).status).toBe(404);
});

test('answers 403 to a token without the scope, to read and to write', async () => {
  const issued = await (await tenant.token(tokenForm('core.comment.read core.requisition.read'))).json();
  const { access_token: value } = z.object({ access_token: z.string() }).parse(issued);
  const headers = { Authorization: `Bearer ${value}` };
  expect((await tenant.api(at, { headers })).status).toBe(200);
  const body = JSON.stringify({ comments: 'x' });
  expect((await tenant.api(at, { method: 'POST', body, headers })).status).toBe(403);
  const other = await (await tenant.token(tokenForm('core.requisition.read'))).json();
  const { access_token: without } = z.object({ access_token: z.string() }).parse(other);
  expect((await tenant.api(at, { headers: { Authorization: `Bearer ${without}` } })).status).toBe(403);
});

test('lets a test write as anybody, and meets faults by the name "comments"', async () => {
  const asBo = { userId: 202, text: 'From Bo' };
  expect((await tenant.control('POST', '/sandbox/requisitions/5001/comments', asBo)).status).toBe(201);
  await tenant.control('POST', '/sandbox/requisitions/5001/comments', { text: 'From its requester' });
  expect(await tenant.json(at)).toMatchObject([
    { comments: 'From Bo', 'created-by': { id: 202 } },
    { comments: 'From its requester', 'created-by': { id: 101 } },
  ]);
  await tenant.control('POST', '/sandbox/faults', { route: 'comments', kind: 'status', status: 503 });
  expect((await tenant.api(at)).status).toBe(503);
});

test('keeps comments and accounts over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coupa-comments-'));
  const statePath = join(folder, 'coupa.json');
  try {
    const first = await startTestTenant({ statePath, seed: 'demo' });
    const before = await first.json(at);
    const requisition = await first.json('/api/requisitions/5001');
    await first.close();
    const second = await startTestTenant({ statePath });
    expect(before).toMatchObject([{ id: 1, 'created-by': { id: 101 } }]);
    expect(await second.json(at)).toEqual(before);
    expect(await second.json('/api/requisitions/5001')).toEqual(requisition);
    expect(requisition).toMatchObject({
      'requisition-lines': [
        { account: { name: 'HQ-IT-Equipment', 'segment-2': 'IT' } },
        { account: { name: 'HQ-IT-Services' } },
      ],
    });
    await second.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('shows no account on a line whose billing is split, also after its amount was changed', async () => {
  const line = { description: 'Desk', unitPrice: '100', account: null };
  const { requisitionId } = await tenant.create({ lines: [line] });
  const { account: _, ...changed } = { ...line, unitPrice: '120' };
  await tenant.control('PATCH', `/sandbox/requisitions/${requisitionId}`, { lines: [changed] });
  expect(await tenant.json(`/api/requisitions/${requisitionId}`)).toMatchObject({
    total: '120.00',
    'requisition-lines': [{ account: null }],
  });
});
