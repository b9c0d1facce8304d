import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decision } from '../../contract/decision.ts';
import type { Resolving } from '../../contract/purchase-request.ts';
import { validBody } from '../purchase-requests/test-body.ts';
import { referenceTo, testApi } from '../test-api.ts';
import { createEngine } from './create-engine.ts';
import { EngineUnavailable, type Engine } from './engine.ts';
import type { PurchaseRequestStart } from '../../contract/purchase-request-start.ts';

const decision: Decision = {
  decisionId: 'd1',
  action: 'approve',
  actor: { userId: 201 },
  receivedAt: '2026-11-02T10:00:00.000Z',
  via: 'card',
  caller: 'moveworks',
};

const message = { message: 'Hello', deliveries: [{ kind: 'notice' as const, recipients: ['a@b.example'] }] };

const order: PurchaseRequestStart = {
  input: { id: 'i1', origin: { kind: 'api', caller: 'moveworks' } },
  fingerprint: 'f1',
  startedAt: '2026-11-02T10:00:00.000Z',
};
const resolving: Resolving = { attention: 1, resolution: { kind: 'abandoned' }, by: 'moveworks' };

/** A caller waits 5 s for a 503; the SDK by itself would go on for 20. */
const patience = { timeout: 5_000 };

/** `silent`: it takes every connection and never says a word, as a server does that hangs. */
describe.each(['gone', 'silent'] as const)('with Temporal %s', (how) => {
  let server: Server;
  const sockets: Socket[] = [];
  let engine: Engine;

  beforeAll(async () => {
    server = createServer((socket) => sockets.push(socket.on('error', () => undefined))).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 1;
    if (how === 'gone') {
      server.close();
      await once(server, 'close');
    }
    // Left open: the SDK sees its last back-off through, and throws where nobody can catch it if that is closed by then.
    const connection = Connection.lazy({ address: `127.0.0.1:${port}` });
    engine = createEngine({ client: new Client({ connection }) });
  });

  afterAll(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  it.concurrent.for([
    ['describe', (down: Engine) => down.describe(70002)],
    ['decide', (down: Engine) => down.decide(70002, decision)],
    ['record', (down: Engine) => down.record(70002)],
    ['list', (down: Engine) => down.list({ limit: 20 })],
    ['lookUp', (down: Engine) => down.lookUp(70002, { cardId: 'l1', userId: 201, factsHash: 'f1' })],
    ['notification', (down: Engine) => down.notification('n1')],
    ['notify', (down: Engine) => down.notify({ name: 'n1', fingerprint: 'f1', input: message })],
    ['purchaseRequest', (down: Engine) => down.purchaseRequest('i1')],
    ['startPurchaseRequest', (down: Engine) => down.startPurchaseRequest(order)],
    ['listPurchaseRequests', (down: Engine) => down.listPurchaseRequests({ limit: 20 })],
    ['resolvePurchaseRequest', (down: Engine) => down.resolvePurchaseRequest('i1', resolving)],
    ['wakePoll', (down: Engine) => down.wakePoll()],
    ['ready', (down: Engine) => down.ready()],
  ] as const)(
    '%s ends in time, and says that Temporal is not there',
    patience,
    async ([, call], { expect: here }) => {
      await here(call(engine)).rejects.toBeInstanceOf(EngineUnavailable);
    },
  );

  it('answers a press with 503 in time', patience, async () => {
    const { send } = testApi({ engine });
    const got = await send('POST', `/approvals/${referenceTo(70002)}/approve`);
    expect(got.problem().status).toBe(503);
    expect(got.header('retry-after')).toBe('5');
  });

  it.concurrent.for([undefined, { approval_id: 70002 }])(
    'answers a notification about %j with 503 in time',
    patience,
    async (context, { expect: here }) => {
      const { postJson } = testApi({ engine });
      const body = { message: 'Hello', recipients: ['a@b.example'], context };
      const got = await postJson('/notifications', body, { 'idempotency-key': 'k1' });
      here(got.problem().status).toBe(503);
      here(got.header('retry-after')).toBe('5');
    },
  );

  it('answers an order with 503 in time', patience, async () => {
    const { postJson } = testApi({ engine });
    const got = await postJson('/purchase-requests', validBody, { 'idempotency-key': 'k1' });
    expect(got.problem()).toMatchObject({ status: 503, retryAfterSeconds: 5 });
    expect(got.problem().detail).toContain('Idempotency-Key');
  });

  it.concurrent.for(['open', 'closed'] as const)(
    'has no record of a purchase request that was %s a moment ago, and throws nothing',
    patience,
    async (kind, { expect: here }) => {
      const seen = { kind, runId: 'r1', memo: undefined, fingerprint: undefined };
      here(await engine.purchaseRequestRecord('i1', seen)).toBeUndefined();
    },
  );

  it('leaves a notification that is held pending, too', patience, async () => {
    const { signal } = new AbortController();
    expect(await engine.notified('n1', 100, signal)).toEqual({ kind: 'pending' });
    expect(await engine.notified('n1', 600_000, AbortSignal.abort())).toEqual({ kind: 'pending' });
  });

  it('leaves a decision that is held pending, whatever becomes of the wait', patience, async () => {
    const { signal } = new AbortController();
    expect(await engine.settled(70002, decision, 100, signal)).toEqual({ kind: 'pending' });
    expect(await engine.settled(70002, decision, 600_000, AbortSignal.abort())).toEqual({ kind: 'pending' });
    const leaving = new AbortController();
    const waiting = engine.settled(70002, decision, 600_000, leaving.signal);
    leaving.abort();
    expect(await waiting).toEqual({ kind: 'pending' });
  });
});
