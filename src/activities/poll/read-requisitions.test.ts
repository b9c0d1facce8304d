import { describe, expect, it, onTestFinished } from 'vitest';
import { startCoupaSandbox } from '../../../sandbox/index.ts';
import { createCoupaClient } from '../../connectors/coupa/client.ts';
import { failureOf } from '../../connectors/http/test-server.ts';
import { Secret } from '../../contract/secret.ts';
import { factsOf, hashFacts } from '../coupa/facts.ts';
import { readRequisitions } from './read-requisitions.ts';

type ReadOptions = Parameters<typeof readRequisitions>[2];
type ReadHow = Partial<Omit<ReadOptions, 'spend' | 'signal'>> & { most?: number };

/** What a tenant makes of the answer to a list request. */
type OnList = (rows: { id: number }[]) => unknown;

async function setUp(onList: OnList = (rows) => rows) {
  const sandbox = await startCoupaSandbox({ clientId: 'cs', clientSecret: 's3cret' });
  onTestFinished(() => sandbox.close());
  const paths: string[] = [];
  const client = createCoupaClient({
    baseUrl: sandbox.url,
    clientId: 'cs',
    clientSecret: new Secret('s3cret'),
    scopes: ['core.approval.read', 'core.requisition.read'],
    tokenPath: '/oauth2/token',
    requestsPerSecond: 1000,
    settleMs: 0,
    fetch: async (request, init) => {
      const { pathname } = new URL(request instanceof Request ? request.url : request);
      if (pathname.startsWith('/api')) paths.push(pathname);
      const answer = await fetch(request, init);
      if (pathname !== '/api/requisitions' || !answer.ok) return answer;
      return Response.json(onList((await answer.json()) as { id: number }[]));
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
  const submit = async (body: object = {}): Promise<number> =>
    ((await control('POST', '/requisitions', body)) as { requisitionId: number }).requisitionId;
  const read = (ids: readonly number[], { most = 100, ...rest }: ReadHow = {}) => {
    let left = most;
    const spend = () => left-- > 0;
    const { signal } = new AbortController();
    const usual = { singly: false, again: false, isNews: () => false };
    return readRequisitions(client, ids, { ...usual, ...rest, spend, signal });
  };
  const fault = (route: string, kind: string, rest: object = {}) =>
    control('POST', '/faults', { route, kind, times: 100, ...rest });
  return { client, submit, read, fault, paths };
}

const statusesOf = (read: ReadonlyMap<number, unknown>) =>
  [...read].map(([id, one]) => [id, typeof one === 'string' ? one : (one as { status: string }).status]);

describe('requisitions to compare', () => {
  it('come in one request, with the same facts and turn as a full read', async () => {
    const { client, submit, read, paths } = await setUp();
    const amountLine = { description: 'Service', quantity: null, unitPrice: '60.410', supplier: 'Beta' };
    const goods = { description: 'Laptop <15"', quantity: '3', unitPrice: '0.10', supplier: 'Acme' };
    const ids = [
      await submit({ lines: [goods, amountLine] }),
      await submit({ submit: false }),
      await submit(),
    ];
    const result = await read(ids);
    expect(paths).toEqual(['/api/requisitions']);
    expect(result).toMatchObject({ complete: true, listServes: true });
    for (const id of ids) {
      const slim = result.read.get(id);
      const full = await client.getRequisition(id);
      if (slim === undefined || typeof slim === 'string' || full === undefined) throw new Error('not read');
      expect(hashFacts(factsOf(slim))).toBe(hashFacts(factsOf(full)));
      const { status, currentApprovalId, currentParallelApprovalIds } = full;
      expect(slim).toMatchObject({ status, currentApprovalId, currentParallelApprovalIds });
    }
  });

  it('are gone only when a read of their own says so', async () => {
    const { submit, read, paths } = await setUp();
    const id = await submit();
    const { read: found, listServes } = await read([id, 1]);
    expect(statusesOf(found)).toEqual([
      [id, 'pending_approval'],
      [1, 'gone'],
    ]);
    expect(paths).toEqual(['/api/requisitions', '/api/requisitions/1']);
    expect(listServes).toBe(true);
  });

  it.each([400, 403, 404, 422])(
    'come one by one where the tenant answers the list with %i',
    async (status) => {
      const { submit, read, fault, paths } = await setUp();
      const ids = [await submit(), await submit()];
      await fault('requisitions', 'status', { status });
      const result = await read(ids);
      expect(statusesOf(result.read)).toEqual(ids.map((id) => [id, 'pending_approval']));
      expect(result).toMatchObject({ complete: true, listServes: false });
      await read(ids, { singly: true });
      expect(paths.filter((path) => path === '/api/requisitions')).toHaveLength(1);
    },
  );

  it.each<[string, OnList]>([
    ['is another object', () => ({ requisitions: [] })],
    ['ignores the filter', () => [{ id: 3, status: 'draft', 'requisition-lines': [] }]],
    ['leaves out the lines', (rows) => rows.map(({ id }) => ({ id, status: 'withdrawn' }))],
    [
      'says of nobody that it is their turn',
      (rows) => rows.map((row) => ({ ...row, 'current-approval': undefined })),
    ],
  ])('come one by one where the answer to the list %s', async (_, onList) => {
    const { submit, read } = await setUp(onList);
    const ids = [await submit(), await submit()];
    const result = await read(ids);
    expect(statusesOf(result.read)).toEqual(ids.map((id) => [id, 'pending_approval']));
    expect(result.listServes).toBe(false);
  });

  it('come from the list again as long as it lacks no more than it gives', async () => {
    const { submit, read } = await setUp((rows) => rows.slice(1));
    const result = await read([await submit(), await submit()]);
    expect(result).toMatchObject({ complete: true, listServes: true });
    expect(result.read.size).toBe(2);
  });

  it('are read by themselves when a list shows them as news, for it may leave things out', async () => {
    const { submit, read, paths } = await setUp((rows) =>
      rows.map((row) => (row.id === second ? { ...row, total: '1.00' } : row)),
    );
    const [first, second] = [await submit(), await submit()];
    const result = await read([first, second], { isNews: ({ total }) => total === '1.00' });
    expect(paths).toEqual(['/api/requisitions', `/api/requisitions/${second}`]);
    expect(result.read.get(second)).not.toMatchObject({ total: '1.00' });
    expect(result).toMatchObject({ complete: true, listServes: true });
  });

  it('are passed over when Coupa fails at them every time, and the others are read', async () => {
    const { submit, read, fault } = await setUp();
    const ids = [await submit(), await submit(), await submit()];
    await fault('requisitions', 'status', { status: 500 });
    await fault('requisition', 'status', { status: 500, times: 2 });
    const result = await read(ids, { again: true });
    expect(statusesOf(result.read).map(([, status]) => status)).toEqual([
      'unreadable',
      'unreadable',
      'pending_approval',
    ]);
  });

  it('fail as a whole when Coupa fails at more than three of them', async () => {
    const { submit, read, fault } = await setUp();
    const ids = [await submit(), await submit(), await submit(), await submit()];
    await fault('requisitions', 'status', { status: 500 });
    await fault('requisition', 'status', { status: 500 });
    expect(await failureOf(read(ids, { again: true }))).toMatchObject({ name: 'RetryableError' });
    expect((await read(ids.slice(1), { again: true })).complete).toBe(true);
  });

  it('are passed over when they cannot be read at all', async () => {
    const { submit, read, fault } = await setUp();
    const id = await submit();
    await fault('requisitions', 'status', { status: 400 });
    await fault('requisition', 'status', { status: 422 });
    expect(statusesOf((await read([id])).read)).toEqual([[id, 'unreadable']]);
  });

  it('stop at the end of the requests, and say so', async () => {
    const { submit, read, fault } = await setUp();
    const ids = [await submit(), await submit(), await submit()];
    await fault('requisitions', 'status', { status: 400 });
    const result = await read(ids, { most: 3 });
    expect(statusesOf(result.read).map(([id]) => id)).toEqual(ids.slice(0, 2));
    expect(result.complete).toBe(false);
    expect(await read(ids, { most: 0 })).toMatchObject({ complete: false });
  });

  it('tell of a useless list even where the requests end in the middle', async () => {
    const { submit, read } = await setUp(() => []);
    const ids = [await submit(), await submit(), await submit()];
    expect(await read(ids, { most: 3 })).toMatchObject({ complete: false, listServes: false });
  });

  it.each([
    ['requisitions', 'status', { status: 429 }, 'RetryableError'],
    ['requisitions', 'html', {}, 'RetryableError'],
    ['requisitions', 'status', { status: 401 }, 'TerminalError'],
    ['requisitions', 'redirect', {}, 'TerminalError'],
    ['requisition', 'status', { status: 403 }, 'TerminalError'],
    ['requisition', 'status', { status: 503 }, 'RetryableError'],
  ])('fail as a whole when %s meets %s %o', async (route, kind, rest, name) => {
    const { submit, read, fault, paths } = await setUp();
    await fault(route, kind, rest);
    expect(await failureOf(read([await submit(), 1]))).toMatchObject({ name });
    expect(paths.filter((path) => path.startsWith('/api/requisitions/'))).toHaveLength(
      route === 'requisition' ? 1 : 0,
    );
  });
});
