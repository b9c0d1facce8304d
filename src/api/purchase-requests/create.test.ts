import { describe, expect, it } from 'vitest';
import type { ApiDeps } from '../deps.ts';
import { testApi } from '../test-api.ts';
import { purchaseMemoOf } from '../test-purchase-engine.ts';
import { validBody } from './test-body.ts';

function ordering(deps: Partial<ApiDeps> = {}) {
  const api = testApi({ now: () => new Date('2026-11-02T10:00:00Z'), ...deps });
  const order = (body: unknown = validBody, headers: Record<string, string> = { 'idempotency-key': 'k1' }) =>
    api.postJson('/purchase-requests', body, headers);
  return { ...api, order, started: () => api.engine.purchaseStarts };
}

describe('POST /purchase-requests', () => {
  it('has Temporal hold what is asked for, and says where to look', async () => {
    const { order, started } = ordering();
    const got = await order();
    const [{ input, fingerprint, startedAt } = { input: undefined }] = started();
    const id = input?.id ?? '';
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect([got.status, got.json()]).toEqual([
      202,
      { status: 'accepted', id, ref: `ref:${id}`, state: 'checking' },
    ]);
    expect(got.header('location')).toBe(`/purchase-requests/${id}`);
    const origin = { kind: 'api', caller: 'moveworks' };
    expect(input).toEqual({ id, origin, document: validBody, notify: validBody.userEmail });
    expect([fingerprint, startedAt]).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      '2026-11-02T10:00:00.000Z',
    ]);
  });

  it('answers a repeat as it did the first time, and starts nothing', async () => {
    const { order, started } = ordering();
    const first = await order();
    const repeat = await order({ ...validBody }, { 'idempotency-key': '"k1"' });
    expect([repeat.status, repeat.text]).toEqual([202, first.text]);
    expect(repeat.header('location')).toBe(first.header('location'));
    expect(started()).toHaveLength(1);
  });

  it.each([
    ['open', { state: 'needsAttention' }],
    ['closed', { state: 'failed' }],
    ['closed', {}],
  ] as const)('tells a repeat of one that is %s how it stands: %j', async (kind, stands) => {
    const { engine, order, started } = ordering();
    await order();
    const id = started()[0]?.input.id ?? '';
    const memo = 'state' in stands ? purchaseMemoOf(id, stands) : undefined;
    Object.assign(engine.purchaseRequests.get(id) ?? {}, { kind, memo });
    const late = await order();
    const expected = { status: 'accepted', id, ref: `ref:${id}`, ...stands };
    expect([late.status, late.json()]).toEqual([202, expected]);
    expect(late.header('location')).toBe(`/purchase-requests/${id}`);
    expect(started()).toHaveLength(1);
  });

  it('takes a repeat for the same order after the caller’s own key was rotated', async () => {
    const { anonymous, order, started } = ordering();
    const first = await order();
    const headers = {
      authorization: 'Bearer an-older-secret-of-32-characters!!',
      'content-type': 'application/json',
      'idempotency-key': 'k1',
    };
    const body = JSON.stringify(validBody);
    expect((await anonymous('POST', '/purchase-requests', { body, headers })).text).toBe(first.text);
    expect(started()).toHaveLength(1);
  });

  it('answers a repeat even where nothing is created any more', async () => {
    const { engine, order } = ordering();
    const first = await order();
    for (const deps of [{ mode: 'shadow' }, { concur: false }] as const) {
      expect((await ordering({ engine, ...deps }).order()).text).toBe(first.text);
    }
  });

  it.each([
    ['another amount', { ...validBody, lineItems: [{ ...validBody.lineItems[0], quantity: '13' }] }],
    ['somebody else to tell', { ...validBody, notify: null }],
  ])('refuses %s under a key that was used', async (_what, body) => {
    const { order, started } = ordering();
    await order();
    const got = await order(body);
    expect(got.problem()).toMatchObject({ status: 422, errors: [{ parameter: 'idempotency-key' }] });
    expect(started()).toHaveLength(1);
  });

  it.each([
    ['failed', 'a new order needs a new key'],
    ['abandoned', 'send each order under a key of its own'],
    ['ordered', 'send each order under a key of its own'],
  ] as const)('says what to do under the key of one that is %s', async (state, advice) => {
    const { engine, order, started } = ordering();
    await order();
    const id = started()[0]?.input.id ?? '';
    Object.assign(engine.purchaseRequests.get(id) ?? {}, {
      kind: 'closed',
      memo: purchaseMemoOf(id, { state }),
    });
    const { error } = (await order({ ...validBody, currencyCode: 'EUR' })).problem();
    expect(error).toMatch(/^This Idempotency-Key was used for another purchase request/);
    expect(error).toContain(advice);
    expect(started()).toHaveLength(1);
  });

  it('sees through two different orders under one key at the same moment', async () => {
    const { engine, order, started } = ordering();
    engine.onPurchaseStart = ({ input }) => void engine.openPurchase(input.id);
    expect((await order()).problem().status).toBe(422);
    expect(started()).toEqual([]);
  });

  it('makes two orders of two keys', async () => {
    const { order, started } = ordering();
    await order();
    await order(validBody, { 'idempotency-key': 'k2' });
    expect(started()).toHaveLength(2);
  });

  it.each<Record<string, string>>([
    {},
    { 'idempotency-key': '' },
    { 'idempotency-key': '" "' },
    { 'idempotency-key': 'k'.repeat(256) },
  ])('needs a key: %j', async (headers) => {
    const { order, started } = ordering();
    const got = await order({ ...validBody, currencyCode: 'x' }, headers);
    expect(got.problem()['errors']).toMatchObject([
      { parameter: 'idempotency-key' },
      { pointer: '/currencyCode' },
    ]);
    expect(got.problem().error).toMatch(/^[^:]*Idempotency-Key .* currencyCode: Not a currency/);
    expect(started()).toEqual([]);
  });

  it('says which header it misses, and that it is no API key', async () => {
    const { order } = ordering();
    expect((await order(validBody, {})).problem().error).toMatch(/^The header Idempotency-Key .* no API key/);
  });

  it.each(['shadow', 'notify'] as const)('creates nothing with MODE=%s, and says so', async (mode) => {
    const { order, started } = ordering({ mode });
    const got = await order();
    expect(got.problem()).toMatchObject({
      status: 409,
      type: 'urn:countersign:problem:not-accepting',
      error: `Nothing is created in SAP Concur from here (MODE=${mode}).`,
    });
    expect(started()).toEqual([]);
  });

  it('says what to set where SAP Concur is not set up', async () => {
    const { order } = ordering({ concur: false });
    const problem = (await order()).problem();
    expect(problem).toMatchObject({ status: 501, type: 'urn:countersign:problem:not-configured' });
    expect(problem.detail).toContain('CONCUR_CLIENT_ID');
  });

  it('takes 512 KiB and not more', async () => {
    const { send, started } = ordering();
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k1' };
    const body = JSON.stringify(validBody).padEnd(512 * 1024);
    expect((await send('POST', '/purchase-requests', { body: `${body} `, headers })).status).toBe(413);
    expect((await send('POST', '/purchase-requests', { body, headers })).status).toBe(202);
    expect(started()).toHaveLength(1);
  });

  it('is 503 when Temporal is down, and the repeat is the same order', async () => {
    const { engine, order, started } = ordering();
    engine.down.add('startPurchaseRequest');
    const got = await order();
    expect(got.problem()).toMatchObject({ status: 503, retryAfterSeconds: 5 });
    expect(got.problem().detail).toContain('under the same Idempotency-Key');
    engine.down.delete('startPurchaseRequest');
    expect((await order()).status).toBe(202);
    engine.down.add('purchaseRequest');
    expect((await order()).problem().status).toBe(503);
    expect(started()).toHaveLength(1);
  });

  it('puts nothing of an order into the log (P9)', async () => {
    const { logged, order } = ordering();
    await order();
    await order({ ...validBody, description: 'Another' });
    expect(JSON.stringify(logged)).not.toMatch(/dana|k1|gloves|Another/i);
  });
});
