import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { HttpCall, HttpOptions } from './http-types.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createHttp } from './request.ts';
import { failureOf, startTestServer } from './test-server.ts';

const READ: HttpCall = { method: 'GET', path: '/', operation: 'GET /', effect: 'read' };
const WRITE: HttpCall = { method: 'PUT', path: '/', operation: 'PUT /', effect: 'write' };
const JSON_TYPE = { 'content-type': 'application/json' };

function httpFor(baseUrl: string, more: Partial<HttpOptions> = {}) {
  return createHttp({ vendor: 'acme', baseUrl, timeoutMs: 5000, maxBodyBytes: 1000, ...more });
}

async function outcomes(listener: RequestListener, more: Partial<HttpOptions> = {}) {
  const http = httpFor(await startTestServer(listener), more);
  return { read: await failureOf(http(READ)), write: await failureOf(http(WRITE)) };
}

/** An address at which nobody listens any more. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('what a status means', () => {
  it.each([
    [302, 'TerminalError', 'TerminalError'],
    [400, 'TerminalError', 'RefusedError'],
    [401, 'TerminalError', 'TerminalError'],
    [403, 'TerminalError', 'TerminalError'],
    [404, 'TerminalError', 'RefusedError'],
    [405, 'TerminalError', 'TerminalError'],
    [408, 'RetryableError', 'UnknownOutcomeError'],
    [409, 'TerminalError', 'RefusedError'],
    [422, 'TerminalError', 'RefusedError'],
    [429, 'RetryableError', 'RetryableError'],
    [500, 'RetryableError', 'UnknownOutcomeError'],
    [503, 'RetryableError', 'UnknownOutcomeError'],
  ])('%i: %s on a read, %s on a write', async (status, read, write) => {
    const both = await outcomes((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html', 'x-request-id': 'r-1' }).end('<html></html>');
    });
    expect(both).toMatchObject({
      read: { name: read, status, requestId: 'r-1' },
      write: { name: write, status, requestId: 'r-1' },
    });
  });

  it("carries the vendor's words on a refusal, and the wait it asks for", async () => {
    const refused = await outcomes(
      (_request, response) => response.writeHead(422, JSON_TYPE).end('{"errors":"not your turn"}'),
      { words: (body) => [JSON.stringify(body)] },
    );
    expect(refused.write).toMatchObject({ words: ['{"errors":"not your turn"}'] });
    const busy = await outcomes((_request, response) =>
      response.writeHead(429, { 'retry-after': '7' }).end(),
    );
    expect(busy.write).toMatchObject({ retryAfterMs: 7000 });
  });

  it('lengthens the wait after a 429 to the least one the vendor documents', async () => {
    const busy = await outcomes(
      (_request, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
      {
        minRetryAfterMs: 60_000,
      },
    );
    expect(busy.read).toMatchObject({ retryAfterMs: 60_000 });
  });

  it('leaves the wait to a rule of the vendor, which is told what was asked for', async () => {
    const told: unknown[] = [];
    const rule = {
      minRetryAfterMs: 60_000,
      waitAfter: (what: number | 'timeout', askedMs?: number) => {
        told.push([what, askedMs]);
        return 1234;
      },
    };
    const busy = await outcomes(
      (_request, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
      rule,
    );
    expect(busy).toMatchObject({ read: { retryAfterMs: 1234 }, write: { retryAfterMs: 1234 } });
    const late = await outcomes(() => undefined, { ...rule, timeoutMs: 30 });
    expect(late.read).toMatchObject({ name: 'RetryableError', retryAfterMs: 1234 });
    expect(late.write).toMatchObject({ name: 'UnknownOutcomeError', retryAfterMs: undefined });
    expect(told).toEqual([
      [429, 7000],
      [429, 7000],
      ['timeout', undefined],
    ]);
  });
});

describe('what a 2xx without a good body means', () => {
  it('HTML: an outage page or a login page, so a read may be repeated and a write is open', async () => {
    const both = await outcomes((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
    });
    expect(both).toMatchObject({ read: { name: 'RetryableError' }, write: { name: 'UnknownOutcomeError' } });
    expect(String(both.read)).toContain('text/html came instead of JSON');
  });

  it('JSON that does not parse: truncated', async () => {
    const both = await outcomes((_request, response) =>
      response.writeHead(200, JSON_TYPE).end('{"secret":"s3'),
    );
    expect(both).toMatchObject({ read: { name: 'RetryableError' }, write: { name: 'UnknownOutcomeError' } });
    expect(String(both.read)).not.toContain('s3');
  });

  it('a body that breaks off', async () => {
    const both = await outcomes((_request, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': '100' });
      response.write('{"half":', () => response.destroy());
    });
    expect(both).toMatchObject({ read: { name: 'RetryableError' }, write: { name: 'UnknownOutcomeError' } });
  });

  it('a body beyond the limit: reading stops, and asking again cannot help', async () => {
    const both = await outcomes((_request, response) => {
      response.writeHead(200, JSON_TYPE).end(JSON.stringify('x'.repeat(5000)));
    });
    expect(both).toMatchObject({ read: { name: 'TerminalError' }, write: { name: 'UnknownOutcomeError' } });
  });
});

describe('what no answer means', () => {
  it('a connection that was refused: nothing was sent, so even a write may be repeated', async () => {
    const url = await closedUrl();
    for (const call of [READ, WRITE]) {
      const failure = await failureOf(httpFor(url)(call));
      expect(failure).toMatchObject({ name: 'RetryableError' });
      expect(String(failure)).toContain('ECONNREFUSED');
    }
  });

  it('a connection that was dropped after the request', async () => {
    const both = await outcomes((request) => request.socket.destroy());
    expect(both).toMatchObject({ read: { name: 'RetryableError' }, write: { name: 'UnknownOutcomeError' } });
  });

  it('a time-out before the headers', async () => {
    const both = await outcomes(() => undefined, { timeoutMs: 30 });
    expect(both).toMatchObject({ read: { name: 'RetryableError' }, write: { name: 'UnknownOutcomeError' } });
  });

  it('a time-out within the body', async () => {
    const both = await outcomes(
      (_request, response) => {
        response.writeHead(200, JSON_TYPE).write('{"half":');
      },
      { timeoutMs: 100 },
    );
    expect(both).toMatchObject({ read: { name: 'RetryableError' }, write: { name: 'UnknownOutcomeError' } });
    expect(String(both.read)).toContain('100 ms');
  });
});

describe('an abort by the caller', () => {
  const reason = new Error('activity cancelled');

  it('of a read rethrows the reason', async () => {
    const controller = new AbortController();
    const url = await startTestServer(() => controller.abort(reason));
    expect(await failureOf(httpFor(url)({ ...READ, signal: controller.signal }))).toBe(reason);
  });

  it('of a write under way waits for its answer, which may be a yes (P5, P7)', async () => {
    const controller = new AbortController();
    const url = await startTestServer((_request, response) => {
      controller.abort(reason);
      setTimeout(() => response.writeHead(204).end(), 50);
    });
    const answer = await httpFor(url)({ ...WRITE, signal: controller.signal });
    expect(answer.status).toBe(204);
  });

  it('of a write that was not sent yet rethrows the reason: nothing happened', async () => {
    let calls = 0;
    const url = await startTestServer((_request, response) => {
      calls += 1;
      response.writeHead(204).end();
    });
    const limiter = createRateLimiter({ perSecond: 0.001, burst: 1 });
    await limiter.acquire();
    const controller = new AbortController();
    const waiting = failureOf(httpFor(url, { limiter })({ ...WRITE, signal: controller.signal }));
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    expect(calls).toBe(0);
  });
});
