import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../contract/secret.ts';
import { RetryableError } from '../../http/errors.ts';
import { failureOf } from '../../http/test-server.ts';
import { createCompanyTokens } from './company-tokens.ts';
import { TokenRefusedError } from './errors.ts';
import {
  companyOptions,
  refusal,
  startTokenServer,
  tokenFilePath,
  type TokenReply,
} from './test-token-server.ts';

/** Company tokens with a token file, over a clock that the test moves; the endpoint answers `odd` from then on. */
async function setUp(odd: () => TokenReply) {
  const server = await startTokenServer();
  const clock = { nowMs: Date.parse('2026-11-20T10:00:00Z') };
  const options = { ...companyOptions(server.url, tokenFilePath()), now: () => clock.nowMs };
  await createCompanyTokens(options).bootstrap();
  server.settings.odd = odd;
  const { requestToken, ...later } = options;
  const tokens = createCompanyTokens(later);
  /** How often the endpoint is asked while somebody wants access once in `everyMs`, `times` times. */
  const asked = async (times: number, everyMs: number) => {
    const before = server.requests.length;
    for (let count = 0; count < times; count += 1) {
      await failureOf(tokens.access());
      clock.nowMs += everyMs;
    }
    return server.requests.length - before;
  };
  return { server, clock, options, tokens, asked };
}

const outage = (): TokenReply => ({ status: 503, body: {} });

describe('a token endpoint that fails', () => {
  it.each([
    ['is out of order', outage],
    ['refuses the application', () => refusal(61)],
    ['says that the company is maintained', () => refusal(134)],
    ['answers in another shape', () => ({ body: [] })],
    ['gives new refresh tokens alone', () => ({ body: { refresh_token: randomUUID() } })],
  ])('and %s is not asked for every request', async (_what, odd) => {
    const { asked } = await setUp(odd);
    // Ten minutes of a request each second: 1 + 2 + 4 ... seconds, then a minute each.
    expect(await asked(600, 1000)).toBeLessThan(17);
  });

  it('is asked again after a second, and at least once a minute', async () => {
    const { asked } = await setUp(outage);
    expect(await asked(1, 1000)).toBe(1);
    expect(await asked(1, 60_000)).toBe(1);
    expect(await asked(10, 60_000)).toBe(10);
  });

  it('is left alone for as long as it asks', async () => {
    const { server, clock, tokens, asked } = await setUp(() => ({
      status: 429,
      body: {},
      retryAfter: '120',
    }));
    await failureOf(tokens.access());
    clock.nowMs += 119_000;
    delete server.settings.odd;
    const failure = await failureOf(tokens.access());
    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure).toMatchObject({ retryAfterMs: 1000, status: undefined });
    expect(String(failure)).toContain('HTTP 429');
    expect(await asked(0, 0)).toBe(0);
    clock.nowMs += 1000;
    expect((await tokens.access()).token.reveal()).toBe('access-2');
  });

  it('repeats a refusal as it was, with what somebody has to do', async () => {
    const { server, tokens } = await setUp(() => refusal(64));
    const first = await failureOf(tokens.access());
    const second = await failureOf(tokens.access());
    expect(server.requests).toHaveLength(2);
    expect(second).toBeInstanceOf(TokenRefusedError);
    expect(String(second)).toBe(String(first));
  });

  it('is asked at once when there is another refresh token, as after `countersign concur token --new`', async () => {
    const { server, options, tokens } = await setUp(() => refusal(108));
    await failureOf(tokens.access());
    delete server.settings.odd;
    await createCompanyTokens({ ...options, requestToken: new Secret('request-token') }).bootstrap();
    expect((await tokens.access()).token.reveal()).toBe('access-3');
  });

  it('is asked at once when the clock was put back', async () => {
    const { server, clock, tokens } = await setUp(outage);
    await failureOf(tokens.access());
    clock.nowMs -= 24 * 3600_000;
    delete server.settings.odd;
    expect((await tokens.access()).token.reveal()).toBe('access-2');
  });
});
