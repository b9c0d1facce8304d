import { describe, expect, it } from 'vitest';
import { TerminalError } from '../../http/errors.ts';
import { failureOf } from '../../http/test-server.ts';
import { createCompanyTokens } from './company-tokens.ts';
import { geolocationOrigin } from './geolocation.ts';
import { companyOptions, refusal, startTokenServer, tokenFilePath } from './test-token-server.ts';

const glz = 'https://glz.api.concursolutions.com';

const foreign = [
  ['https://concur.example', /none of SAP Concur.s hosts/],
  ['https://us2.api.concursolutions.com.concur.example', /none of SAP Concur.s hosts/],
  ['http://us2.api.concursolutions.com', /none of SAP Concur.s hosts/],
  ['https://cn.api.concurcdc.cn', /China, where the Purchase Request API is not available/],
  ['us2.api.concursolutions.com', /no address/],
] as const;

describe('geolocationOrigin', () => {
  it('drops the path that one of SAP’s samples has', () => {
    expect(geolocationOrigin('https://us.api.concursolutions.com/oauth2/v0/token', glz)).toEqual({
      origin: 'https://us.api.concursolutions.com',
    });
  });

  it('takes this machine only where tokens come from this machine', () => {
    expect(geolocationOrigin('http://127.0.0.1:4030', 'http://localhost:4030')).toHaveProperty('origin');
    expect(geolocationOrigin('http://127.0.0.1:4030', glz)).toHaveProperty('why');
  });
});

describe('a token’s geolocation', () => {
  it('is where later requests go, without its path', async () => {
    const server = await startTokenServer();
    server.settings.parts = { geolocation: `${server.url}/oauth2/v0/token` };
    const tokens = createCompanyTokens(companyOptions(server.url, tokenFilePath()));
    expect((await tokens.access()).origin).toBe(server.url);
  });

  it('is followed by the next refresh when a refresh names another one', async () => {
    const [first, second] = [await startTokenServer(), await startTokenServer()];
    const options = companyOptions(first.url, tokenFilePath());
    await createCompanyTokens(options).bootstrap();
    first.settings.parts = { geolocation: second.url };
    expect((await createCompanyTokens(options).access()).origin).toBe(second.url);
    second.settings.odd = () => ({ body: { access_token: 'there', expires_in: 3600 } });
    expect((await createCompanyTokens(options).access()).token.reveal()).toBe('there');
    expect(second.requests.map(({ form }) => form.get('refresh_token'))).toEqual(['refresh-2']);
  });

  it.each(foreign)('refuses %s at the first exchange, and keeps nothing of it', async (geolocation, why) => {
    const server = await startTokenServer({ parts: { geolocation } });
    const tokens = createCompanyTokens(companyOptions(server.url, tokenFilePath()));
    const failure = await failureOf(tokens.access());
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).toMatch(why);
    expect(tokens.state()).toBeUndefined();
  });

  it.each(foreign)('refuses %s at a refresh without losing the refresh token', async (geolocation, why) => {
    const server = await startTokenServer();
    const options = companyOptions(server.url, tokenFilePath());
    await createCompanyTokens(options).bootstrap();
    server.settings.parts = { geolocation };
    const failure = await failureOf(createCompanyTokens(options).access());
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).toMatch(why);
    server.settings.parts = {};
    const access = await createCompanyTokens(options).access();
    expect([access.token.reveal(), access.origin]).toEqual(['access-3', server.url]);
  });

  it('is needed at the first exchange', async () => {
    const server = await startTokenServer({ parts: { geolocation: undefined } });
    const tokens = createCompanyTokens(companyOptions(server.url, tokenFilePath()));
    expect(String(await failureOf(tokens.access()))).toMatch(/names no geolocation/);
  });
});

describe('a user or company that lives elsewhere (16)', () => {
  it('is asked for there once, and the geolocation of the answer counts', async () => {
    const [first, second] = [await startTokenServer(), await startTokenServer()];
    first.settings.odd = () => refusal(16, { geolocation: `${second.url}/oauth2/v0/token` });
    second.settings.parts = { geolocation: first.url };
    const tokens = createCompanyTokens(companyOptions(first.url, tokenFilePath()));
    const access = await tokens.access();
    expect([access.token.reveal(), access.origin]).toEqual(['access-1', first.url]);
    expect(second.requests.map(({ url, body }) => [url, body])).toEqual(
      first.requests.map(({ url, body }) => [url, body]),
    );
  });

  it('is not followed in a circle', async () => {
    const server = await startTokenServer();
    server.settings.odd = () => refusal(16, { geolocation: server.url });
    const tokens = createCompanyTokens(companyOptions(server.url, tokenFilePath()));
    expect(String(await failureOf(tokens.access()))).toMatch(/code 16.*set CONCUR_AUTH_URL/);
    expect(server.requests).toHaveLength(2);
  });

  it.each(foreign)('is not followed to %s', async (geolocation, why) => {
    const server = await startTokenServer({ odd: () => refusal(16, { geolocation }) });
    const failure = await failureOf(
      createCompanyTokens(companyOptions(server.url, tokenFilePath())).access(),
    );
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).toMatch(why);
  });
});

it.each(['https://concur.example', 'https://cn.api.concurcdc.cn', ''])(
  'does not start with %s as the place that issues tokens',
  (authUrl) => {
    expect(() => createCompanyTokens(companyOptions(authUrl, tokenFilePath()))).toThrow(/CONCUR_AUTH_URL/);
  },
);
