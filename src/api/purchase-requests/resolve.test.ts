import { describe, expect, it } from 'vitest';
import type { AttentionReason } from '../../contract/purchase-request.ts';
import type { ApiDeps } from '../deps.ts';
import { testApi } from '../test-api.ts';

const id = '0123456789abcdef0123456789abcdef';

function waiting(reason: AttentionReason = 'unknownOutcome', deps: Partial<ApiDeps> = {}) {
  const api = testApi(deps);
  const attention = { n: 3, reason, since: '2026-11-02T10:00:00.000Z', what: 'Look in SAP Concur.' };
  api.engine.openPurchase(id, { state: 'needsAttention', attention });
  /** Sends a body as it is. */
  const send = (body: unknown) => api.postJson(`/purchase-requests/${id}/resolve`, body);
  /** Answers the question that is open. */
  const resolve = (body: object) => send({ attention: 3, ...body });
  return { ...api, send, resolve, signalled: () => api.engine.resolvings.map(({ resolving }) => resolving) };
}

const uuid = '5b0f6f0a-7c35-4f0e-9a57-2d2f6b1f9c11';

describe('POST /purchase-requests/{id}/resolve', () => {
  it.each([
    [
      { outcome: 'created', purchaseRequestId: uuid },
      { kind: 'created', concurId: uuid },
    ],
    [
      { outcome: 'created', purchaseRequestNumber: '100417' },
      { kind: 'created', number: '100417' },
    ],
    [
      { outcome: 'created', purchaseRequestId: 'A_1-b', purchaseRequestNumber: '1' },
      { kind: 'created', concurId: 'A_1-b', number: '1' },
    ],
    [{ outcome: 'notCreated' }, { kind: 'notCreated' }],
    [{ outcome: 'abandoned' }, { kind: 'abandoned' }],
  ])('hands %j over, with the question it answers and who says so', async (body, resolution) => {
    const { resolve, signalled } = waiting();
    const got = await resolve(body);
    expect([got.status, got.json(), got.header('location')]).toEqual([
      202,
      { status: 'accepted' },
      `/purchase-requests/${id}`,
    ]);
    expect(signalled()).toEqual([{ attention: 3, resolution, by: 'moveworks' }]);
  });

  it.each([
    [{}, '/outcome'],
    [{ outcome: 'Created', purchaseRequestId: uuid }, '/outcome'],
    [{ outcome: 'created' }, '/purchaseRequestId'],
    [{ outcome: 'created', purchaseRequestId: '' }, '/purchaseRequestId'],
    [{ outcome: 'created', purchaseRequestId: '../lists' }, '/purchaseRequestId'],
    [{ outcome: 'created', purchaseRequestId: 'x'.repeat(65) }, '/purchaseRequestId'],
    [{ outcome: 'created', purchaseRequestId: `${uuid}\n` }, '/purchaseRequestId'],
    [{ outcome: 'created', purchaseRequestNumber: ' ' }, '/purchaseRequestNumber'],
    [{ outcome: 'notCreated', purchaseRequestId: uuid }, '/outcome'],
    [{ outcome: 'abandoned', purchaseRequestNumber: '1' }, '/outcome'],
    [{ outcome: 'abandoned', why: 'x' }, '/why'],
    [{ outcome: 'abandoned', attention: '3' }, '/attention'],
    [{ outcome: 'abandoned', attention: 0 }, '/attention'],
    [{ outcome: 'abandoned', attention: 2.5 }, '/attention'],
    [{ outcome: 'abandoned', attention: undefined }, '/attention'],
    [[], ''],
  ])('refuses %j', async (body, pointer) => {
    const { resolve, send, signalled } = waiting();
    expect((await (Array.isArray(body) ? send(body) : resolve(body))).problem()).toMatchObject({
      status: 422,
      errors: [{ pointer }],
    });
    expect(signalled()).toEqual([]);
  });

  it('names every problem at once', async () => {
    const got = await waiting().resolve({ outcome: 'abandoned', purchaseRequestId: '/', why: 'x' });
    expect(got.problem()['errors']).toHaveLength(3);
  });

  it('says what to do about an answer that names no question', async () => {
    const { send, signalled } = waiting();
    const got = (await send({ outcome: 'notCreated' })).problem();
    expect(got).toMatchObject({ status: 422, errors: [{ pointer: '/attention' }] });
    expect(JSON.stringify(got['errors'])).toContain(
      'the n that GET /purchase-requests/{id} shows in attention',
    );
    expect(signalled()).toEqual([]);
  });

  it.each([1, 2, 4])(
    'answers 409 with the question that is open to one who answers %d: nobody answers what they have not read (P5)',
    async (attention) => {
      const { send, signalled } = waiting();
      const got = (await send({ attention, outcome: 'notCreated' })).problem();
      expect(got).toMatchObject({
        status: 409,
        type: 'urn:countersign:problem:not-waiting',
        state: 'needsAttention',
      });
      expect(got['detail']).toContain(`answers question ${attention}, and the one that is open is 3`);
      expect(got['detail']).toContain('read it first');
      expect(signalled()).toEqual([]);
    },
  );

  it('refuses an id that another purchase request holds, open or closed, and names that one', async () => {
    const { engine, resolve, signalled } = waiting();
    engine.openPurchase('another', { concurId: uuid }).kind = 'closed';
    const got = (await resolve({ outcome: 'created', purchaseRequestId: uuid })).problem();
    expect(got).toMatchObject({ status: 422, errors: [{ pointer: '/purchaseRequestId' }] });
    expect(JSON.stringify(got['errors'])).toContain('another purchase request here, another ');
    expect(signalled()).toEqual([]);
    expect((await resolve({ outcome: 'created', purchaseRequestId: 'its-own' })).status).toBe(202);
  });

  it('takes the id that it holds itself', async () => {
    const { engine, resolve } = waiting('notOrderedInTime');
    const { memo } = engine.openPurchase(id);
    const attention = {
      n: 3,
      reason: 'notOrderedInTime',
      since: memo?.startedAt ?? '',
      what: 'Look.',
    } as const;
    engine.openPurchase(id, { state: 'needsAttention', attention, concurId: uuid });
    expect((await resolve({ outcome: 'created', purchaseRequestId: uuid })).status).toBe(202);
  });

  it('answers 503 rather than let an id pass while nobody can say who holds it', async () => {
    const { engine, resolve, signalled } = waiting();
    engine.down.add('otherOfConcurId');
    expect((await resolve({ outcome: 'created', purchaseRequestId: uuid })).problem().status).toBe(503);
    expect(signalled()).toEqual([]);
    expect((await resolve({ outcome: 'created', purchaseRequestNumber: '1' })).status).toBe(202);
  });

  it.each(['checking', 'creating', 'accepted', 'created'] as const)(
    'answers 409 with the present state while it is %s',
    async (state) => {
      const { engine, resolve, signalled } = waiting();
      engine.openPurchase(id, { state });
      expect((await resolve({ outcome: 'abandoned' })).problem()).toMatchObject({
        status: 409,
        type: 'urn:countersign:problem:not-waiting',
        state,
      });
      expect(signalled()).toEqual([]);
    },
  );

  it('answers 409 once it has ended, also when it ends at that very moment', async () => {
    const { engine, resolve } = waiting();
    engine.onResolve = () => engine.closePurchase(id, 'ordered');
    const ended = { status: 409, type: 'urn:countersign:problem:not-waiting', state: 'ordered' };
    expect((await resolve({ outcome: 'abandoned' })).problem()).toMatchObject(ended);
    expect((await resolve({ outcome: 'abandoned' })).problem()).toMatchObject(ended);
  });

  it.each(['unknownOutcome', 'access', 'incomplete', 'handedOverBefore', 'notFound'] as const)(
    'takes notCreated for %s',
    async (reason) => {
      expect((await waiting(reason).resolve({ outcome: 'notCreated' })).status).toBe(202);
    },
  );

  it('does not take notCreated for what has no order yet: SAP Concur has shown it', async () => {
    const { resolve, signalled } = waiting('notOrderedInTime');
    expect((await resolve({ outcome: 'notCreated' })).problem()).toMatchObject({
      status: 409,
      state: 'needsAttention',
    });
    expect((await resolve({ outcome: 'abandoned' })).status).toBe(202);
    expect(signalled()).toHaveLength(1);
  });

  it.each([
    { number: '100417' },
    { queueStatus: 'PENDING_CREATION' },
    { workflowStatus: 'Submitted' },
    { concurId: 'a-slip', knownAs: 'c-1' },
  ])(
    'does not take notCreated for what SAP Concur has shown before and does not know any more: %j',
    async (shown) => {
      const { engine, resolve, signalled } = waiting('notFound');
      const attention = {
        n: 3,
        reason: 'notFound',
        since: '2026-11-02T10:00:00.000Z',
        what: 'Look.',
      } as const;
      engine.openPurchase(id, { state: 'needsAttention', attention, ...shown });
      expect((await resolve({ outcome: 'notCreated' })).problem().status).toBe(409);
      expect(signalled()).toEqual([]);
      expect((await resolve({ outcome: 'abandoned' })).status).toBe(202);
    },
  );

  it('has nothing created again where nothing is created, and takes every other answer', async () => {
    for (const deps of [{ mode: 'notify' }, { concur: false }] as const) {
      const { resolve, signalled } = waiting('unknownOutcome', deps);
      expect((await resolve({ outcome: 'notCreated' })).status).toBe('mode' in deps ? 409 : 501);
      expect((await resolve({ outcome: 'created', purchaseRequestNumber: '1' })).status).toBe(202);
      expect(signalled()).toHaveLength(1);
    }
  });

  it('answers 404 for one that nobody knows, and 503 when Temporal is down', async () => {
    const { engine, resolve } = waiting();
    engine.down.add('resolvePurchaseRequest');
    expect((await resolve({ outcome: 'abandoned' })).problem().status).toBe(503);
    engine.openPurchase(id).memo = undefined;
    expect((await resolve({ outcome: 'abandoned' })).problem().status).toBe(503);
    engine.purchaseRequests.clear();
    expect((await resolve({ outcome: 'abandoned' })).problem().status).toBe(404);
  });
});
