import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../contract/secret.ts';
import { RetryableError, TerminalError } from '../http/errors.ts';
import { bodyOf, failureOf, startTestServer } from '../http/test-server.ts';
import { clientOf, CORRELATION, DOCUMENT, reply, scriptedTokens, startConcur } from './test-concur.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** Concur that takes one token and refuses every other with a status. */
function taking(token: string, refusal: number) {
  return startConcur((response, { method, headers }) => {
    if (headers.authorization !== `Bearer ${token}`) reply(response, refusal);
    else if (method === 'POST') reply(response, 202, { id: 'pr-1' });
    else reply(response, 200, { purchaseRequestNumber: '100417' });
  });
}

describe('a token that is refused', () => {
  it.each([401, 403])('with %i is replaced and the call made once more, a create too', async (status) => {
    const { url, seen } = await taking('new', status);
    const reading = scriptedTokens(['old', url], ['new', url]);
    expect(await clientOf(url, { tokens: reading }).getPurchaseRequest('a')).toMatchObject({
      number: '100417',
    });
    const creating = scriptedTokens(['old', url], ['new', url]);
    const client = clientOf(url, { tokens: creating });
    expect(await client.createPurchaseRequest(DOCUMENT, CORRELATION)).toEqual({
      kind: 'accepted',
      id: 'pr-1',
    });
    expect([reading.refusals, creating.refusals]).toEqual([['old'], ['old']]);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer old',
      'Bearer new',
      'Bearer old',
      'Bearer new',
    ]);
    // The create's id stays the same, so that SAP's support finds both attempts.
    expect(seen.slice(2).map(({ headers }) => headers['concur-correlationid'])).toEqual(
      Array.from({ length: 2 }, () => CORRELATION.correlationId),
    );
  });

  it.each([401, 403])('with %i twice ends in a TerminalError that names the scope', async (status) => {
    const { url, seen } = await taking('none', status);
    const client = clientOf(url, { tokens: scriptedTokens(['a', url], ['b', url], ['c', url]) });
    const failure = await failureOf(client.createPurchaseRequest(DOCUMENT, CORRELATION));
    expect(failure).toMatchObject({ name: 'TerminalError', status });
    expect(String(failure)).toContain('purchaserequest.write');
    expect(seen).toHaveLength(2);
  });

  it('may be followed by another geolocation, to which the call goes then, and the next ones', async () => {
    const before = await taking('new', 403);
    const after = await taking('new', 403);
    const tokens = scriptedTokens(['old', before.url], ['new', after.url]);
    const client = clientOf(before.url, { tokens });
    expect(await client.createPurchaseRequest(DOCUMENT, CORRELATION)).toMatchObject({ kind: 'accepted' });
    await client.getPurchaseRequest('pr-1');
    expect(before.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old']);
    expect(after.seen.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('is not sent to an origin that is none of SAP, whoever names it', async () => {
    const client = clientOf('https://concur.example');
    const failure = await failureOf(client.getPurchaseRequest('a'));
    expect(failure).toMatchObject({ name: 'TerminalError' });
    expect(String(failure)).not.toContain('t0ken');
  });

  it('lets the error of the next token through as it is: nothing was created', async () => {
    const { url } = await taking('none', 401);
    const lost = new TerminalError('the refresh token is lost', {
      vendor: 'concur',
      operation: 'POST /oauth2/v0/token',
      status: 400,
    });
    let refused = false;
    const client = clientOf(url, {
      tokens: {
        access: () =>
          refused ? Promise.reject(lost) : Promise.resolve({ token: new Secret('t'), origin: url }),
        refused: () => {
          refused = true;
        },
      },
    });
    expect(await failureOf(client.createPurchaseRequest(DOCUMENT, CORRELATION))).toBe(lost);
  });
});

describe('the correlation id', () => {
  it('is a fresh UUID for each read', async () => {
    const { url, seen } = await taking('t0ken', 401);
    const client = clientOf(url);
    await client.getPurchaseRequest('a');
    await client.getPurchaseRequest('a');
    const ids = seen.map(({ headers }) => headers['concur-correlationid']);
    expect(ids).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(new Set(ids).size).toBe(2);
  });

  it('of the answer is in the error, for SAP to be asked', async () => {
    const { url } = await startConcur((response) => {
      reply(response, 500, {}, { 'concur-correlationid': '1234abcd-12ab-34cd-56ef-123456abcdef' });
    });
    expect(await failureOf(clientOf(url).getPurchaseRequest('a'))).toMatchObject({
      requestId: '1234abcd-12ab-34cd-56ef-123456abcdef',
    });
  });
});

describe('too many requests', () => {
  it.each([
    ['0', 30_000],
    ['7', 30_000],
    ['60', 60_000],
    [undefined, 30_000],
  ])(
    'Retry-After %s: waits %i ms and up to a fifth more, a create too, since nothing was done',
    async (header, leastMs) => {
      const { url } = await startConcur((response) => {
        reply(response, 429, {}, header === undefined ? {} : { 'retry-after': header });
      });
      const client = clientOf(url);
      for (const call of [
        client.getPurchaseRequest('a'),
        client.createPurchaseRequest(DOCUMENT, CORRELATION),
      ]) {
        const failure = await failureOf(call);
        if (!(failure instanceof RetryableError)) throw failure;
        expect(failure.retryAfterMs).toBeGreaterThanOrEqual(leastMs);
        expect(failure.retryAfterMs).toBeLessThanOrEqual(leastMs * 1.2);
      }
    },
  );
});

describe('the rest after a 503', () => {
  const refusing = () =>
    startConcur((response) => {
      reply(response, 503);
    });

  it('makes every call fail at once, with what is left of 5 minutes, before anything is sent', async () => {
    const { url, seen } = await refusing();
    const client = clientOf(url);
    expect(await failureOf(client.getPurchaseRequest('a'))).toMatchObject({
      name: 'RetryableError',
      status: 503,
      retryAfterMs: 300_000,
    });
    for (const call of [
      client.createPurchaseRequest(DOCUMENT, CORRELATION),
      client.getPurchaseRequest('a'),
      client.vendors().next(),
      client.lists().next(),
      client.hasListItem('l', 'c'),
      client.getPurchaseOrder('PO1'),
    ]) {
      const failure = await failureOf(call);
      if (!(failure instanceof RetryableError)) throw failure;
      expect(failure.retryAfterMs).toBeGreaterThan(0);
      expect(failure.retryAfterMs).toBeLessThanOrEqual(300_000);
      expect(String(failure)).toContain('nothing was sent');
    }
    expect(seen).toHaveLength(1);
  });

  it('begins with a create as well, whose own outcome is open (P5)', async () => {
    const { url, seen } = await refusing();
    const client = clientOf(url);
    expect(await failureOf(client.createPurchaseRequest(DOCUMENT, CORRELATION))).toMatchObject({
      name: 'UnknownOutcomeError',
    });
    expect(await failureOf(client.createPurchaseRequest(DOCUMENT, CORRELATION))).toMatchObject({
      name: 'RetryableError',
    });
    expect(seen).toHaveLength(1);
  });

  it('ends the wait of those that stand in the queue', async () => {
    const { url, seen } = await refusing();
    const client = clientOf(url, { requestsPerMinute: 1 });
    const calls = [
      client.getPurchaseRequest('a'),
      client.getPurchaseRequest('b'),
      client.createPurchaseRequest(DOCUMENT, CORRELATION),
    ];
    const failures = await Promise.all(calls.map(failureOf));
    expect(failures).toMatchObject(failures.map(() => ({ name: 'RetryableError' })));
    expect(seen).toHaveLength(1);
  });

  it('is no reason for a caller that gives up in the queue', async () => {
    const { url } = await taking('t0ken', 401);
    const client = clientOf(url, { requestsPerMinute: 1 });
    await client.getPurchaseRequest('a');
    const controller = new AbortController();
    const waiting = failureOf(client.getPurchaseRequest('b', { signal: controller.signal }));
    const reason = new Error('cancelled');
    controller.abort(reason);
    expect(await waiting).toBe(reason);
  });

  it('is over one day', async () => {
    let calls = 0;
    const { url } = await startConcur((response) => {
      calls += 1;
      reply(response, calls === 1 ? 503 : 200, {});
    });
    const client = clientOf(url, { restAfter503Ms: 50 });
    await failureOf(client.getPurchaseRequest('a'));
    await expect
      .poll(() =>
        client.getPurchaseRequest('a').then(
          () => 'answered',
          (error: unknown) => String(error),
        ),
      )
      .toBe('answered');
  });

  it('lasts longer where Concur asks for more', async () => {
    const { url } = await startConcur((response) => {
      reply(response, 503, {}, { 'retry-after': '600' });
    });
    const client = clientOf(url);
    expect(await failureOf(client.getPurchaseRequest('a'))).toMatchObject({ retryAfterMs: 600_000 });
  });

  it('also follows a 503 to a request for a token', async () => {
    const { url, seen } = await taking('t0ken', 401);
    let asked = 0;
    const down = new RetryableError('HTTP 503; try again', {
      vendor: 'concur',
      operation: 'token',
      status: 503,
    });
    const client = clientOf(url, {
      tokens: {
        access: () => {
          asked += 1;
          return Promise.reject(down);
        },
        refused: () => undefined,
      },
    });
    expect(await failureOf(client.getPurchaseRequest('a'))).toBe(down);
    expect(await failureOf(client.getPurchaseRequest('a'))).toMatchObject({ name: 'RetryableError' });
    expect([asked, seen]).toEqual([1, []]);
  });
});

describe('a read without an answer', () => {
  it('that took too long should wait for 5 minutes; the others go on', async () => {
    let calls = 0;
    const { url } = await startConcur((response) => {
      calls += 1;
      if (calls > 1) reply(response, 200, {});
    });
    const client = clientOf(url, { timeoutMs: 1000 });
    expect(await failureOf(client.getPurchaseRequest('a'))).toMatchObject({
      name: 'RetryableError',
      retryAfterMs: 300_000,
    });
    expect(await client.getPurchaseRequest('a')).toBeDefined();
  });

  it('whose connection broke may be repeated', async () => {
    const { url } = await startConcur((response) => response.destroy());
    expect(await failureOf(clientOf(url).getPurchaseRequest('a'))).toMatchObject({
      name: 'RetryableError',
      retryAfterMs: undefined,
    });
  });
});

it('meets no connection that has died while nobody used it: each call has its own', async () => {
  const used = new WeakSet<object>();
  const url = await startTestServer((request, response) => {
    if (used.has(request.socket)) {
      request.socket.destroy();
      return;
    }
    used.add(request.socket);
    void bodyOf(request).then(() => {
      if (request.method === 'GET') reply(response, 200, { purchaseRequestNumber: '100417' });
      else reply(response, 202, { id: 'pr-1' });
    });
  });
  const client = clientOf(url);
  await client.getPurchaseRequest('a');
  // A connection is kept only once the turn that read its answer is over.
  await sleep(20);
  // Unknown otherwise (P5): nobody can say whether it was sent.
  expect(await client.createPurchaseRequest(DOCUMENT, CORRELATION)).toEqual({ kind: 'accepted', id: 'pr-1' });
});
