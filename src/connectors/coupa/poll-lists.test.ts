import { describe, expect, it, onTestFinished } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { Secret } from '../../contract/secret.ts';
import { createHttp } from '../http/request.ts';
import { failureOf, startTestServer } from '../http/test-server.ts';
import { createCoupaClient } from './client.ts';
import { listPendingRequisitionApprovals } from './list-pending.ts';

/** A tenant with some rows, and the queries that a client sent to it. */
async function tenant() {
  const sandbox = await startCoupaSandbox({ clientId: 'cs', clientSecret: 's3cret' });
  onTestFinished(() => sandbox.close());
  const queries: URLSearchParams[] = [];
  const client = createCoupaClient({
    baseUrl: sandbox.url,
    clientId: 'cs',
    clientSecret: new Secret('s3cret'),
    scopes: ['core.approval.read', 'core.requisition.read'],
    tokenPath: '/oauth2/token',
    requestsPerSecond: 1000,
    settleMs: 0,
    fetch: (request, init) => {
      const { pathname, searchParams } = new URL(request instanceof Request ? request.url : request);
      if (pathname.startsWith('/api')) queries.push(searchParams);
      return fetch(request, init);
    },
  });
  const control = async (method: string, path: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${sandbox.url}/sandbox${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`control ${path}: ${answer.status}`);
    return answer.status === 204 ? undefined : answer.json();
  };
  const submit = async () =>
    (await control('POST', '/requisitions', { chain: [201] })) as {
      requisitionId: number;
      approvalId: number;
    };
  return { client, control, submit, queries };
}

const since = new Date(Date.UTC(2020, 4, 6));

it('lists pending rows from the newest down, page by page', async () => {
  const { client, submit } = await tenant();
  const ids: number[] = [];
  for (let n = 0; n < 3; n += 1) ids.push((await submit()).approvalId);
  const first = await client.listPendingRequisitionApprovals({ newestFirst: true, limit: 2 });
  const beforeId = first.at(-1)?.id;
  const second = await client.listPendingRequisitionApprovals({ newestFirst: true, limit: 2, beforeId });
  expect([...first, ...second].map(({ id }) => id).slice(0, 3)).toEqual(ids.toReversed());
});

it('lists pending rows of other documents without those of requisitions', async () => {
  const { client, control, submit } = await tenant();
  await submit();
  await control('POST', '/documents', { type: 'ExpenseReport', count: 2 });
  const rows = await client.listPendingOtherDocuments({});
  expect(rows.map(({ approvableType }) => approvableType)).toEqual(['ExpenseReport', 'ExpenseReport']);
});

it('gives the requisitions that were touched since a moment, the latest first, page by page', async () => {
  const { client, control, submit, queries } = await tenant();
  const { requisitionId } = await submit();
  await control('POST', '/rows', { seed: 1, count: 60 });
  await control('PATCH', `/requisitions/${requisitionId}`, { title: 'Laptops' });
  const first = await client.listChangedRequisitions({ updatedSince: since, offset: 0 });
  const second = await client.listChangedRequisitions({ updatedSince: since, offset: 50 });
  expect(first).toHaveLength(50);
  expect(first[0]).toBe(requisitionId);
  expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
  expect(second.length).toBeGreaterThanOrEqual(11);
  const later = new Date(Date.now() + 60_000);
  expect(await client.listChangedRequisitions({ updatedSince: later, offset: 0 })).toEqual([]);
  expect(queries[0]?.get('updated_at[gt_or_eq]')).toBe('2020-05-06T00:00:00Z');
});

describe('a row of which Coupa says too little', () => {
  const whole = (id: number) => ({
    id,
    status: 'pending_approval',
    'approvable-type': 'RequisitionHeader',
    'approvable-id': id,
    'updated-at': null,
  });

  async function answering(rows: readonly object[]) {
    const baseUrl = await startTestServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
    });
    return createHttp({ vendor: 'coupa', baseUrl, timeoutMs: 5_000, maxBodyBytes: 100_000 });
  }

  it('is nobody’s, and keeps nobody from the rows behind it (P10)', async () => {
    const http = await answering([{ ...whole(7), 'approvable-id': null }, { id: 8 }, whole(9)]);
    const rows = await listPendingRequisitionApprovals(http, {});
    expect(rows.map(({ id, approvableType }) => [id, approvableType])).toEqual([
      [7, ''],
      [8, ''],
      [9, 'RequisitionHeader'],
    ]);
  });

  it('is a changed shape where every row of many is like it: that must not pass for an empty list', async () => {
    const http = await answering([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
    const failure = await failureOf(listPendingRequisitionApprovals(http, {}));
    expect(failure).toMatchObject({ name: 'TerminalError' });
  });
});
