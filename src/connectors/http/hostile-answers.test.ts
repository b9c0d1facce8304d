import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../contract/secret.ts';
import { fixedBearer } from './bearer.ts';
import type { HttpCall, HttpOptions } from './http-types.ts';
import { createHttp } from './request.ts';
import { failureOf, startTestServer } from './test-server.ts';

const READ: HttpCall = { method: 'GET', path: '/', operation: 'GET /', effect: 'read' };
const WRITE: HttpCall = { method: 'PUT', path: '/', operation: 'PUT /', effect: 'write' };
const JSON_TYPE = { 'content-type': 'application/json' };

function httpFor(baseUrl: string, more: Partial<HttpOptions> = {}) {
  return createHttp({ vendor: 'acme', baseUrl, timeoutMs: 5_000, maxBodyBytes: 1_000, ...more });
}

describe('a compressed answer', () => {
  const bomb = gzipSync(JSON.stringify('x'.repeat(20_000_000)));

  it.each([
    ['once', bomb, 'gzip'],
    ['twice', gzipSync(bomb), 'gzip, gzip'],
  ])(
    'that unpacks beyond the limit, packed %s, is stopped like a large one',
    async (_times, body, encoding) => {
      const url = await startTestServer((_request, response) => {
        response.writeHead(200, { ...JSON_TYPE, 'content-encoding': encoding }).end(body);
      });
      const http = httpFor(url, { maxBodyBytes: 100_000 });
      expect(bomb.byteLength).toBeLessThan(100_000);
      expect(String(await failureOf(http(READ)))).toContain('larger than allowed');
      expect(await failureOf(http(WRITE))).toMatchObject({ name: 'UnknownOutcomeError' });
    },
  );

  it('that cannot be unpacked is a broken one: a read may be repeated, a write is open', async () => {
    const url = await startTestServer((_request, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end('{"not":"gzip"}');
    });
    expect(await failureOf(httpFor(url)(READ))).toMatchObject({ name: 'RetryableError' });
    expect(await failureOf(httpFor(url)(WRITE))).toMatchObject({ name: 'UnknownOutcomeError' });
  });

  it('is unpacked', async () => {
    const url = await startTestServer((_request, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(gzipSync('{"ok":true}'));
    });
    expect((await httpFor(url)(READ)).body).toEqual({ ok: true });
  });
});

describe('an answer that never ends', () => {
  /** Sends a byte every few milliseconds until the client hangs up. */
  async function dripping(status: number) {
    const hungUp: Promise<void>[] = [];
    const url = await startTestServer((_request, response) => {
      response.writeHead(status, JSON_TYPE);
      const timer = setInterval(() => response.write(' '), 5);
      hungUp.push(
        new Promise((resolve) => {
          response.on('close', () => {
            clearInterval(timer);
            resolve();
          });
        }),
      );
    });
    return { url, hungUp };
  }

  it('is given up at the time-out, however steadily it comes, and its connection closed', async () => {
    const { url, hungUp } = await dripping(200);
    const http = httpFor(url, { timeoutMs: 100, maxBodyBytes: 1_000_000 });
    expect(await failureOf(http(READ))).toMatchObject({ name: 'RetryableError' });
    expect(await failureOf(http(WRITE))).toMatchObject({ name: 'UnknownOutcomeError' });
    expect(hungUp).toHaveLength(2);
    await Promise.all(hungUp);
  });

  it('still counts for its status, when that is no success', async () => {
    const { url } = await dripping(429);
    const http = httpFor(url, { timeoutMs: 100, maxBodyBytes: 1_000_000 });
    expect(await failureOf(http(WRITE))).toMatchObject({ name: 'RetryableError', status: 429 });
  });

  it('is let go of when the caller of a read gives up', async () => {
    const { url, hungUp } = await dripping(200);
    const controller = new AbortController();
    const reason = new Error('activity cancelled');
    const waiting = failureOf(
      httpFor(url, { maxBodyBytes: 1_000_000 })({ ...READ, signal: controller.signal }),
    );
    await expect.poll(() => hungUp.length).toBe(1);
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    await Promise.all(hungUp);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('%i is not followed, and the credential stays here', async (status) => {
    const elsewhere: string[] = [];
    const otherUrl = await startTestServer((request, response) => {
      elsewhere.push(request.headers.authorization ?? 'no credential');
      response.writeHead(200, JSON_TYPE).end('{}');
    });
    const url = await startTestServer((_request, response) => {
      response.writeHead(status, { location: `${otherUrl}/login` }).end();
    });
    const http = httpFor(url, { authorize: fixedBearer(new Secret('k3y')) });
    for (const call of [READ, WRITE]) {
      const failure = await failureOf(http(call));
      expect(failure).toMatchObject({ name: 'TerminalError', status });
      expect(String(failure)).not.toContain('login');
    }
    expect(elsewhere).toEqual([]);
  });
});

describe('what an answer says of itself', () => {
  it('is no request id unless it looks like one (P9)', async () => {
    const url = await startTestServer((_request, response) => {
      response.writeHead(500, { 'x-request-id': 'Ada Prover <ada@example.test>' }).end();
    });
    expect(await failureOf(httpFor(url)(READ))).toMatchObject({ status: 500, requestId: undefined });
  });

  it('is no wait unless it can be read, and never a longer one than ours', async () => {
    const waits = ['soon', '-1', '999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'];
    const url = await startTestServer((_request, response) => {
      response.writeHead(503, { 'retry-after': waits.shift() }).end();
    });
    const http = httpFor(url);
    const seen: unknown[] = [];
    for (let i = 0; i < 4; i += 1) seen.push(await failureOf(http(READ)));
    const longestMs = 15 * 60_000;
    expect(seen).toMatchObject(
      [undefined, undefined, longestMs, longestMs].map((retryAfterMs) => ({ retryAfterMs })),
    );
  });
});

describe('a connection that was reset', () => {
  it('is not used again, while those that are kept alive are', async () => {
    const used: Socket[] = [];
    let reset: Socket | undefined;
    let isResetting = false;
    const url = await startTestServer((request, response) => {
      used.push(request.socket);
      if (isResetting) {
        reset = request.socket;
        request.socket.resetAndDestroy();
      } else response.writeHead(200, JSON_TYPE).end('{}');
    });
    const http = httpFor(url);
    for (let i = 0; i < 10; i += 1) await http(READ);
    expect(new Set(used).size).toBeLessThan(10);
    isResetting = true;
    expect(await failureOf(http(READ))).toMatchObject({ name: 'RetryableError' });
    isResetting = false;
    used.length = 0;
    for (let i = 0; i < 5; i += 1) expect((await http(WRITE)).status).toBe(200);
    expect(used).toHaveLength(5);
    expect(used).not.toContain(reset);
  });
});
