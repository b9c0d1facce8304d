import { describe, expect, it } from 'vitest';
import { Secret } from '../../contract/secret.ts';
import { mintedBearer } from './bearer.ts';
import type { HttpCall } from './http-types.ts';
import { createHttp } from './request.ts';
import { failureOf, startTestServer } from './test-server.ts';
import { createTokenSource } from './token-source.ts';

const WRITE: HttpCall = { method: 'PUT', path: '/', operation: 'PUT /', effect: 'write' };
/** A server that answers 401 for as long as `refuses` says, and a client whose tokens settle for `settleMs`. */
async function setUp(refuses: (token: string, count: number) => boolean, settleMs = 40) {
  const seen: string[] = [];
  const baseUrl = await startTestServer((request, response) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? 'none';
    seen.push(token);
    response.writeHead(refuses(token, seen.filter((one) => one === token).length) ? 401 : 204).end();
  });
  let minted = 0;
  let nowMs = 0;
  const source = createTokenSource({
    settleMs,
    now: () => nowMs,
    sleep: () => Promise.resolve(),
    mint: () => Promise.resolve({ token: new Secret(`t${(minted += 1)}`), lifetimeMs: 3_600_000 }),
  });
  const http = createHttp({
    vendor: 'acme',
    baseUrl,
    timeoutMs: 5_000,
    maxBodyBytes: 1_000,
    authorize: mintedBearer(source),
  });
  return {
    http,
    seen,
    /** Time in which the first token grows old. */
    grow: async () => {
      await source.token();
      nowMs += 600_000;
    },
  };
}

describe('a 401', () => {
  it('on a young token is answered with a rest and the same token once more', async () => {
    const { http, seen } = await setUp((_token, count) => count === 1);
    expect((await http(WRITE)).status).toBe(204);
    expect(seen).toEqual(['t1', 't1']);
  });

  it('that the rest does not cure leads to a new token', async () => {
    const { http, seen } = await setUp((token) => token === 't1');
    expect((await http(WRITE)).status).toBe(204);
    expect(seen).toEqual(['t1', 't1', 't2']);
  });

  it('on an older token leads to a new one at once, which may need its rest', async () => {
    const { http, seen, grow } = await setUp((token, count) => token === 't1' || count === 1);
    await grow();
    expect((await http(WRITE)).status).toBe(204);
    expect(seen).toEqual(['t1', 't2', 't2']);
  });

  it('that stays costs one more token and three requests, not a flood of them', async () => {
    const { http, seen } = await setUp(() => true);
    expect(await failureOf(http(WRITE))).toMatchObject({ name: 'TerminalError', status: 401 });
    expect(seen).toEqual(['t1', 't1', 't2']);
  });

  it('lets a caller give up during the rest: nothing was done', async () => {
    const { http, seen } = await setUp(() => true, 60_000);
    const controller = new AbortController();
    const reason = new Error('activity cancelled');
    const waiting = failureOf(http({ ...WRITE, signal: controller.signal }));
    await expect.poll(() => seen.length).toBeGreaterThan(0);
    controller.abort(reason);
    expect(await waiting).toBe(reason);
  });
});
