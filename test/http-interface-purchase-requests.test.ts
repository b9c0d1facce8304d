import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../src/api/engine/create-engine.ts';
import { validBody } from '../src/api/purchase-requests/test-body.ts';
import { testApi } from '../src/api/test-api.ts';
import { purchaseRequestWorkflowId } from '../src/contract/ids.ts';
import type { PurchaseRequestMemo, PurchaseRequestState } from '../src/contract/purchase-request.ts';
import { purchaseStage, startRealServer, type PurchaseStage } from './support/purchase-stage.ts';
import { found } from './support/scripted-purchases.ts';
import { until } from './support/until.ts';

/** The interface over a real Temporal, each answer held against what is declared. */
let server: Awaited<ReturnType<typeof startRealServer>>;
let api: ReturnType<typeof testApi>;
beforeAll(async () => {
  // Short histories: what is followed goes on in one run after another.
  server = await startRealServer({ dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 25 } });
  api = testApi({ engine: createEngine({ client: server.client }) });
});
afterAll(async () => {
  await server.stop();
});

interface Row {
  readonly id: string;
  readonly state: PurchaseRequestState;
  readonly open: boolean;
}

async function order(key: string, body: unknown = validBody): Promise<string> {
  const got = await api.postJson('/purchase-requests', body, { 'idempotency-key': key });
  expect(got.status).toBe(202);
  return (got.json() as { id: string }).id;
}

async function show(id: string) {
  const got = await api.send('GET', `/purchase-requests/${id}`);
  expect(got.status).toBe(200);
  return got.json() as Row & Record<string, unknown>;
}

async function page(query = ''): Promise<{ data: Row[]; next?: string }> {
  const got = await api.send('GET', `/purchase-requests?${query}`);
  expect(got.status).toBe(200);
  return got.json() as { data: Row[]; next?: string };
}

const described = (id: string) => server.client.workflow.getHandle(purchaseRequestWorkflowId(id)).describe();
const resolve = (id: string, body: object, attention = 1) =>
  api.postJson(`/purchase-requests/${id}/resolve`, { attention, ...body });

describe('without a worker', () => {
  it('takes an order once, however often and from however many at once it comes', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => order('same')));
    expect(new Set(ids).size).toBe(1);
    const other = { ...validBody, currencyCode: 'EUR' };
    const got = await api.postJson('/purchase-requests', other, { 'idempotency-key': 'same' });
    expect(got.problem()).toMatchObject({ status: 422, errors: [{ parameter: 'idempotency-key' }] });
    const { historyLength, memo } = await described(ids[0] ?? '');
    // Started, and its first task put on the queue: nothing was sent after it.
    expect(historyLength).toBe(2);
    expect(Object.keys(memo ?? {}).toSorted()).toEqual(['fingerprint', 'purchaseRequest']);
  });

  it('takes what fills the body, and shows of it what the memo holds', async () => {
    const lineItems = Array.from({ length: 500 }, (_, at) => ({
      ...validBody.lineItems[0],
      description: `${at} ${'ü'.repeat(380)}`,
    }));
    const id = await order('large', { ...validBody, description: '🧤'.repeat(900), lineItems });
    expect(await show(id)).toMatchObject({
      source: 'memo',
      open: true,
      state: 'checking',
      summary: { lines: 500, total: '112500', description: `${'🧤'.repeat(199)}…` },
    });
  });

  it('lists what it took, a page at a time and by state', async () => {
    const seen = await until('all to be listed', async () => {
      const { data } = await page();
      return data.length === 2 ? data : undefined;
    });
    const first = await page('limit=1');
    const second = await page(`limit=1&cursor=${first.next ?? ''}`);
    expect([...first.data, ...second.data]).toEqual(seen);
    expect((await page('state=checking')).data).toEqual(seen);
    expect(await page('state=failed')).toEqual({ data: [] });
    const foreign = await api.send('GET', `/purchase-requests?state=checking&cursor=${first.next ?? ''}`);
    expect(foreign.problem()).toMatchObject({ status: 422, errors: [{ parameter: 'cursor' }] });
  });

  it('shows one that an operator ended, takes its repeat, and no answer about it', async () => {
    const id = await order('ended');
    await server.client.workflow.getHandle(purchaseRequestWorkflowId(id)).terminate();
    expect(await show(id)).toMatchObject({ source: 'memo', open: false, state: 'checking' });
    expect(await order('ended')).toBe(id);
    expect((await resolve(id, { outcome: 'abandoned' })).problem()).toMatchObject({
      status: 409,
      state: 'checking',
    });
  });

  it('answers 404 for what nobody ordered', async () => {
    expect((await api.send('GET', '/purchase-requests/nobody')).status).toBe(404);
    expect((await resolve('nobody', { outcome: 'abandoned' })).status).toBe(404);
  });
});

describe('with workers', () => {
  let stage: PurchaseStage;
  beforeAll(async () => {
    stage = await purchaseStage(server);
  });
  afterAll(async () => {
    await stage.stop();
  });

  it('follows what was taken, over one run after another, and lists it once', async () => {
    const id = await order('followed');
    const { runId } = await described(id);
    await until('another run', async () => (await described(id)).runId !== runId);
    expect(await show(id)).toMatchObject({
      source: 'record',
      open: true,
      state: 'accepted',
      origin: { kind: 'api', caller: 'moveworks' },
      purchaseRequestId: 'c-1',
    });
    expect(await order('followed')).toBe(id);
    await until('one row of it', async () => {
      const rows = (await page('state=accepted')).data.filter((row) => row.id === id);
      return rows.length === 1 && rows[0]?.open;
    });
  });

  it('tells the whole story of one that was ordered, from its result', async () => {
    const ordered = found({ queueStatus: 'CREATED', number: '100417', orders: ['PO1', 'PO2'] });
    const purchase = await stage.order('ordered1', { readPurchaseRequest: [ordered] });
    await purchase.result();
    expect(await show('ordered1')).toMatchObject({
      source: 'record',
      open: false,
      state: 'ordered',
      purchaseRequestNumber: '100417',
      queueStatus: 'CREATED',
      purchaseOrders: [
        { number: 'PO1', status: 'Transmitted' },
        { number: 'PO2', status: 'Transmitted' },
      ],
    });
    expect((await resolve('ordered1', { outcome: 'abandoned' })).problem()).toMatchObject({
      status: 409,
      state: 'ordered',
    });
  });

  it('has a human’s answer taken for the question that is open, and of two at once only one', async () => {
    const trouble = { type: 'UnknownOutcomeError', message: 'no answer came' };
    const purchase = await stage.order('unknown1', {
      createPurchaseRequest: [{ kind: 'unknown', trouble }],
    });
    const question = (n: number) =>
      until(`question ${n}`, async () => {
        const { attention } = (await described('unknown1')).memo?.['purchaseRequest'] as PurchaseRequestMemo;
        return attention?.n === n;
      });
    await question(1);
    expect(await show('unknown1')).toMatchObject({
      state: 'needsAttention',
      attention: { n: 1, reason: 'unknownOutcome' },
    });
    expect((await resolve('unknown1', { outcome: 'notCreated' })).status).toBe(202);
    // The answer to the same create is lost again.
    await question(2);
    expect(purchase.calls().filter((call) => call === 'createPurchaseRequest')).toHaveLength(2);

    // The same answer again, which a client repeats: to a question that nobody has read it is none.
    const again = (await resolve('unknown1', { outcome: 'notCreated' })).problem();
    expect(again).toMatchObject({ status: 409, state: 'needsAttention' });
    expect(again['detail']).toContain('the one that is open is 2');
    expect(purchase.calls().filter((call) => call === 'createPurchaseRequest')).toHaveLength(2);

    const answers = await Promise.all([
      resolve('unknown1', { outcome: 'created', purchaseRequestNumber: '100418' }, 2),
      resolve('unknown1', { outcome: 'abandoned' }, 2),
    ]);
    expect(answers.map(({ status }) => status)).toContain(202);
    expect(['unfollowed', 'abandoned']).toContain((await purchase.result()).state);
    expect(await show('unknown1')).toMatchObject({ source: 'record', open: false });
  });

  it('takes no id that another one holds, and names that one', async () => {
    const trouble = { type: 'UnknownOutcomeError', message: 'no answer came; read before repeating' };
    const lost = { createPurchaseRequest: [{ kind: 'unknown', trouble }] } as const;
    const holder = await stage.order('holder', {
      createPurchaseRequest: [{ kind: 'accepted', concurId: 'c-held' }],
    });
    await holder.seen('holds its id', ({ concurId }) => concurId === 'c-held');
    const purchase = await stage.order('named1', lost);
    const { what } = await purchase.asked('unknownOutcome');
    expect(what).toContain('{"attention":1,"outcome":"notCreated"}');
    expect(what).not.toContain('read before repeating');
    const name = (purchaseRequestId: string) => resolve('named1', { outcome: 'created', purchaseRequestId });
    const refused = await until('the list to show who holds it', async () => {
      const { client } = server;
      const { count } = await client.workflow.count('ConcurId="c-held"');
      return count > 0 ? name('c-held') : undefined;
    });
    expect(refused.problem()).toMatchObject({ status: 422, errors: [{ pointer: '/purchaseRequestId' }] });
    expect(JSON.stringify(refused.problem()['errors'])).toContain('GET /purchase-requests/holder');
    expect(await show('named1')).toMatchObject({ state: 'needsAttention', attention: { n: 1 } });

    expect((await name('c-free')).status).toBe(202);
    await purchase.seen('is followed', ({ concurId }) => concurId === 'c-free');
    await Promise.all([holder, purchase].map(({ handle }) => handle.terminate()));
  });
});
