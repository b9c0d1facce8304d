import { describe, expect, it, onTestFinished } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { Secret } from '../../contract/secret.ts';
import { failureOf } from '../http/test-server.ts';
import { createCoupaClient } from './client.ts';

async function setUp() {
  const sandbox = await startCoupaSandbox({ clientId: 'cs', clientSecret: 's3cret' });
  onTestFinished(() => sandbox.close());
  const urls: URL[] = [];
  const client = createCoupaClient({
    baseUrl: sandbox.url,
    clientId: 'cs',
    clientSecret: new Secret('s3cret'),
    scopes: ['core.requisition.read'],
    tokenPath: '/oauth2/token',
    requestsPerSecond: 1000,
    settleMs: 0,
    fetch: (request, init) => {
      const url = new URL(request instanceof Request ? request.url : request);
      if (url.pathname.startsWith('/api')) urls.push(url);
      return fetch(request, init);
    },
  });
  const control = async (path: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${sandbox.url}/sandbox${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`control ${path}: ${answer.status}`);
    return answer.status === 204 ? undefined : answer.json();
  };
  const submit = async () =>
    (await control('/requisitions', {})) as { requisitionId: number; approvalId: number };
  return { client, control, submit, urls };
}

describe('a list of requisitions', () => {
  it('asks for these ids in one request, and for no more than is compared', async () => {
    const { client, submit, urls } = await setUp();
    const [first, , third] = [await submit(), await submit(), await submit()];
    const rows = await client.listRequisitions([third.requisitionId, first.requisitionId, 1]);
    expect(rows).toMatchObject([
      { id: first.requisitionId, status: 'pending_approval', currentApprovalId: first.approvalId },
      { id: third.requisitionId, status: 'pending_approval', currentApprovalId: third.approvalId },
    ]);
    expect(rows[0]).toMatchObject({ title: '', approvals: [], total: '14060.41', currency: 'USD' });
    expect(rows[0]?.lines).toHaveLength(2);
    expect(urls).toHaveLength(1);
    const query = urls[0]?.searchParams;
    expect(query?.get('id[in]')).toBe(`${third.requisitionId},${first.requisitionId},1`);
    expect(query?.get('limit')).toBe('50');
    expect(query?.get('fields')).not.toMatch(/email|requested-by|justification|account/);
  });

  it('never asks for more than Coupa gives at once', async () => {
    const { client, urls } = await setUp();
    await client.listRequisitions(Array.from({ length: 60 }, (_, n) => n + 1));
    expect(urls[0]?.searchParams.get('id[in]')?.split(',')).toHaveLength(50);
  });

  it('is a TerminalError where the tenant refuses it', async () => {
    const { client, control } = await setUp();
    await control('/faults', { route: 'requisitions', kind: 'status', status: 400 });
    expect(await failureOf(client.listRequisitions([1]))).toMatchObject({
      name: 'TerminalError',
      status: 400,
      operation: 'GET /api/requisitions',
    });
  });
});
