import { describe, expect, it, onTestFinished } from 'vitest';
import { startMoveworksSandbox } from '../../../sandbox/index.ts';
import { Secret } from '../../contract/secret.ts';
import { failureOf } from '../http/test-server.ts';
import { createMoveworksClient, type MoveworksAuth } from './client.ts';

const EVENT_ID = '6f1f2d6e-4c0a-4e4e-9d3e-2f1f0c9a7b11';
const CARD = { eventId: EVENT_ID, message: '<b>Approve?</b>', recipients: ['ada.prover@example.test'] };
const OAUTH: MoveworksAuth = { kind: 'oauth', clientId: 'mw', clientSecret: new Secret('0auth') };

async function setUp(auth?: MoveworksAuth, more: Partial<Parameters<typeof startMoveworksSandbox>[0]> = {}) {
  const sandbox = await startMoveworksSandbox({
    apiKey: 'k3y',
    clientId: 'mw',
    clientSecret: '0auth',
    events: [{ id: EVENT_ID, kind: 'decision', slots: ['approval_id'] }],
    ...more,
  });
  onTestFinished(() => sandbox.close());
  const client = createMoveworksClient({
    baseUrl: sandbox.url,
    auth: auth ?? { kind: 'apiKey', apiKey: new Secret('k3y') },
    requestsPerMinute: 60_000,
  });
  const list = async (path: string): Promise<unknown> =>
    (await fetch(`${sandbox.url}/sandbox${path}`)).json();
  return {
    client,
    messages: () => list('/messages') as Promise<{ messages: Record<string, unknown>[] }>,
    requests: () => list('/requests') as Promise<{ path: string; status: number }[]>,
    fault: (route: string, kind: string, rest: object = {}) =>
      fetch(`${sandbox.url}/sandbox/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ route, kind, ...rest }),
      }),
  };
}

describe('send', () => {
  it('delivers a message with its slots', async () => {
    const { client, messages } = await setUp();
    await client.send({ ...CARD, slots: { approval_id: '7.201.c1.mac' } });
    expect(await messages()).toMatchObject({
      messages: [{ ...CARD, slots: { approval_id: '7.201.c1.mac' } }],
    });
  });

  it('leaves the context out when there are no slots', async () => {
    const { client, messages } = await setUp(undefined, {
      events: [{ id: EVENT_ID, kind: 'notice', slots: [] }],
    });
    await client.send(CARD);
    expect((await messages()).messages).toHaveLength(1);
  });

  it.each(['k3y', 'Bearer k3y', ' bearer  Bearer k3y '])('takes the API key written as %j', async (key) => {
    const { client } = await setUp({ kind: 'apiKey', apiKey: new Secret(key) });
    await expect(client.testCredential()).resolves.toBeUndefined();
  });

  it.each([
    ['an empty message', { message: ' ' }],
    ['a message of 20,001 characters', { message: 'x'.repeat(20_001) }],
    ['no recipients', { recipients: [] }],
    ['501 recipients', { recipients: Array.from({ length: 501 }, (_, n) => `u${n}@example.test`) }],
  ])('refuses %s before any call', async (_what, wrong) => {
    const { client, requests } = await setUp();
    expect(await failureOf(client.send({ ...CARD, ...wrong }))).toMatchObject({ name: 'TerminalError' });
    expect(await requests()).toEqual([]);
  });

  it("is refused with Moveworks' code and words", async () => {
    const { client } = await setUp();
    const failure = await failureOf(client.send({ ...CARD, recipients: ['nobody@example.test'] }));
    expect(failure).toMatchObject({
      name: 'RefusedError',
      status: 400,
      words: ['BAD_REQUEST: One or more recipients are unknown'],
    });
    expect(String(failure)).not.toContain('nobody');
  });

  it('waits at least a minute after a 429, whatever Retry-After says', async () => {
    const { client, fault } = await setUp();
    await fault('send', 'status', { status: 429, retryAfter: '1' });
    expect(await failureOf(client.send(CARD))).toMatchObject({
      name: 'RetryableError',
      retryAfterMs: 60_000,
    });
  });

  it.each(['dropAfter', 'statusAfter', 'truncated'])(
    'has an unknown outcome when the answer is lost by %s: a repeat would double the message (P7)',
    async (kind) => {
      const { client, fault, messages } = await setUp();
      await fault('send', kind);
      expect(await failureOf(client.send(CARD))).toMatchObject({ name: 'UnknownOutcomeError' });
      expect((await messages()).messages).toHaveLength(1);
    },
  );
});

describe('credentials', () => {
  it('mints an OAuth token from the answer inside `data` and uses it for several messages', async () => {
    const { client, requests } = await setUp(OAUTH);
    await client.send(CARD);
    await client.send(CARD);
    expect((await requests()).filter((request) => request.path === '/oauth/v1/token')).toHaveLength(1);
  });

  it('mints once more when a token is refused', async () => {
    const { client, fault, requests } = await setUp(OAUTH);
    await fault('send', 'status', { status: 401 });
    await client.send(CARD);
    expect((await requests()).map((request) => request.status)).toEqual([200, 401, 200, 200]);
  });

  it('gives a TerminalError for a wrong key, tried once, and for a wrong client', async () => {
    const wrongKey = await setUp({ kind: 'apiKey', apiKey: new Secret('wr0ng') });
    const failure = await failureOf(wrongKey.client.testCredential());
    expect(failure).toMatchObject({ name: 'TerminalError', status: 401 });
    expect(String(failure)).not.toContain('wr0ng');
    expect(await wrongKey.requests()).toHaveLength(1);
    const wrongClient = await setUp({ ...OAUTH, clientId: 'other' });
    expect(await failureOf(wrongClient.client.send(CARD))).toMatchObject({
      name: 'TerminalError',
      operation: 'POST /oauth/v1/token',
    });
  });
});
