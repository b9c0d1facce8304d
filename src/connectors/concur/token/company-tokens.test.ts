import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../contract/secret.ts';
import { RetryableError, TerminalError } from '../../http/errors.ts';
import { failureOf } from '../../http/test-server.ts';
import { createCompanyTokens } from './company-tokens.ts';
import {
  companyOptions,
  companyUuid,
  refusal,
  startTokenServer,
  tokenFilePath,
} from './test-token-server.ts';

/** Company tokens over a clock that the test moves, at a server of their own. */
async function setUp(parts: object = {}) {
  const server = await startTokenServer({ parts });
  const clock = { nowMs: Date.parse('2026-11-20T10:00:00Z') };
  const options = { ...companyOptions(server.url, tokenFilePath()), now: () => clock.nowMs };
  const tokens = createCompanyTokens(options);
  const shown = async () => (await tokens.access()).token.reveal();
  return { server, clock, options, tokens, shown };
}

const day = 24 * 60 * 60_000;

describe('createCompanyTokens', () => {
  it('sends the first exchange as SAP documents it: credentials in the body alone, no charset', async () => {
    const { server, tokens } = await setUp();
    await tokens.access();
    const [request] = server.requests;
    expect(request?.url).toBe('/oauth2/v0/token');
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request?.headers['content-length']).toBe(String(request?.body.length));
    expect(request?.headers['transfer-encoding']).toBeUndefined();
    expect(request?.headers.authorization).toBeUndefined();
    expect([...(request?.form ?? [])]).toEqual([
      ['client_id', 'client-1'],
      ['client_secret', 'client-secret'],
      ['grant_type', 'password'],
      ['username', companyUuid],
      ['password', 'request-token'],
      ['credtype', 'authtoken'],
    ]);
  });

  it('keeps the refresh token in a file and a folder for their owner alone, and the access token in memory', async () => {
    const { options, tokens } = await setUp();
    await tokens.access();
    expect(statSync(options.tokenFile).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(options.tokenFile)).mode & 0o777).toBe(0o700);
    expect(tokens.state()).toEqual({
      geolocation: options.authUrl,
      companyUuid,
      refreshExpiresAtMs: 1_795_000_000_000,
      writtenAtMs: Date.parse('2026-11-20T10:00:00Z'),
    });
  });

  it('uses an access token for 95 % of its life, then refreshes', async () => {
    const { server, clock, shown } = await setUp();
    expect(await shown()).toBe('access-1');
    clock.nowMs += 3600_000 * 0.95 - 1;
    expect(await shown()).toBe('access-1');
    clock.nowMs += 1;
    expect(await shown()).toBe('access-2');
    expect(server.requests.at(-1)?.body).toBe(
      'client_id=client-1&client_secret=client-secret&grant_type=refresh_token&refresh_token=refresh-1',
    );
  });

  it('goes on from the file in another process, with each refresh token once', async () => {
    const { server, options, shown } = await setUp();
    await shown();
    for (const expected of ['access-2', 'access-3']) {
      const { requestToken, ...later } = options;
      expect((await createCompanyTokens(later).access()).token.reveal()).toBe(expected);
    }
    expect(server.requests.map(({ form }) => form.get('refresh_token'))).toEqual([
      null,
      'refresh-1',
      'refresh-2',
    ]);
  });

  it('makes one request for callers that come together', async () => {
    const { server, shown } = await setUp();
    expect(await Promise.all([shown(), shown(), shown()])).toEqual(['access-1', 'access-1', 'access-1']);
    expect(server.requests).toHaveLength(1);
  });

  it('refreshes once for several callers whose same token was refused, and not for one already replaced', async () => {
    const { server, tokens, shown } = await setUp();
    const { token } = await tokens.access();
    const again = () => {
      tokens.refused(token);
      return shown();
    };
    expect(await Promise.all([again(), again(), again()])).toEqual(['access-2', 'access-2', 'access-2']);
    expect(await again()).toBe('access-2');
    expect(server.requests).toHaveLength(2);
  });

  it('ends the wait of a caller that aborts, and lets the exchange come to its end', async () => {
    const { server, options, tokens } = await setUp();
    await tokens.access();
    const caller = new AbortController();
    server.settings.meanwhile = () => {
      caller.abort(new Error('enough'));
      return Promise.resolve();
    };
    const later = createCompanyTokens(options);
    await expect(later.access(caller.signal)).rejects.toThrow('enough');
    expect((await later.access()).token.reveal()).toBe('access-2');
  });

  it('says how to get a request token when there is neither a file nor a request token, and makes no folder', async () => {
    const { server, options } = await setUp();
    const { requestToken, ...without } = options;
    const failure = await failureOf(createCompanyTokens(without).access());
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).toMatch(/Company Request Token.*`countersign concur token`/);
    expect(statSync(dirname(options.tokenFile), { throwIfNoEntry: false })).toBeUndefined();
    expect(server.requests).toEqual([]);
  });

  it('says that a request token is good for 24 hours when it is refused', async () => {
    const { options } = await setUp();
    const expired = createCompanyTokens({ ...options, requestToken: new Secret('of yesterday') });
    const failure = await failureOf(expired.bootstrap());
    expect(String(failure)).toMatch(/24 hours.*new request token/);
    expect(expired.state()).toBeUndefined();
  });

  it('exchanges the request token anew when asked to, also over a token file', async () => {
    const { server, options, tokens, shown } = await setUp();
    await shown();
    expect(await createCompanyTokens(options).bootstrap()).toMatchObject({ companyUuid });
    expect(server.requests.map(({ form }) => form.get('credtype'))).toEqual(['authtoken', 'authtoken']);
    tokens.refused((await tokens.access()).token);
    expect(await shown()).toBe('access-3');
  });

  it('reads a lifetime that comes as a number, and takes the documented hour for nonsense', async () => {
    const { server, clock, shown } = await setUp({ expires_in: 100 });
    await shown();
    clock.nowMs += 95_000;
    server.settings.parts = { expires_in: 'soon', refresh_expires_in: 'never' };
    expect(await shown()).toBe('access-2');
    clock.nowMs += 3_000_000;
    expect(await shown()).toBe('access-2');
  });

  it.each([15_552_000, 1_795_000_000_000, 'in May', null, undefined])(
    'works with a refresh_expires_in that is no moment in epoch seconds (%s)',
    async (odd) => {
      const { tokens, shown } = await setUp({ refresh_expires_in: odd });
      expect(await shown()).toBe('access-1');
      expect(tokens.state()?.refreshExpiresAtMs).toBeUndefined();
    },
  );

  it('keeps the refresh token, its end and the geolocation when a refresh leaves them out', async () => {
    const { server, options, tokens, shown } = await setUp();
    await shown();
    server.settings.parts = {
      refresh_token: undefined,
      refresh_expires_in: undefined,
      geolocation: undefined,
    };
    server.settings.odd = (form) =>
      form.get('refresh_token') === 'refresh-1'
        ? { body: { access_token: 'again', expires_in: 3600 } }
        : undefined;
    const later = createCompanyTokens(options);
    expect((await later.access()).token.reveal()).toBe('again');
    expect((await createCompanyTokens(options).access()).token.reveal()).toBe('again');
    expect(later.state()).toEqual(tokens.state());
  });

  it('renews a file that nobody has renewed for seven days, and no younger one', async () => {
    const { server, clock, options, tokens } = await setUp();
    expect(await tokens.renewIfDue()).toBe('not due');
    await tokens.access();
    clock.nowMs += 7 * day - 1;
    expect(await tokens.renewIfDue()).toBe('not due');
    clock.nowMs += 1;
    const other = createCompanyTokens(options);
    const both = await Promise.all([tokens.renewIfDue(), other.renewIfDue()]);
    expect(both.sort()).toEqual(['not due', 'renewed']);
    expect(server.issued()).toBe(2);
    expect(tokens.state()?.writtenAtMs).toBe(clock.nowMs);
  });

  it('renews a file from the future, which a wrong clock wrote', async () => {
    const { clock, tokens } = await setUp();
    await tokens.access();
    clock.nowMs -= 30 * day;
    expect(await tokens.renewIfDue()).toBe('renewed');
  });

  it('shows no secret in errors, nor in what it returns', async () => {
    const { server, options, tokens } = await setUp();
    const access = await tokens.access();
    server.settings.odd = () => refusal(108);
    const failure = await failureOf(createCompanyTokens(options).access());
    const all = inspect([access, tokens, tokens.state(), failure], { depth: 9, showHidden: true });
    expect(all).not.toMatch(/access-1|refresh-1|client-secret|request-token/);
  });

  it('keeps a new refresh token that cannot be written until it can be', async () => {
    const { server, options, tokens, shown } = await setUp();
    await shown();
    const before = readFileSync(options.tokenFile);
    server.settings.meanwhile = () => {
      rmSync(options.tokenFile);
      mkdirSync(options.tokenFile);
      return Promise.resolve();
    };
    tokens.refused((await tokens.access()).token);
    const failure = await failureOf(tokens.access());
    expect(failure).toBeInstanceOf(RetryableError);
    expect(String(failure)).toContain(`${options.tokenFile} cannot be written (EISDIR)`);
    server.settings.meanwhile = () => Promise.resolve();
    rmdirSync(options.tokenFile);
    writeFileSync(options.tokenFile, before);
    expect(await shown()).toBe('access-3');
    expect(server.present()).toBe('refresh-3');
  });
});
