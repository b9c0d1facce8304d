import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../contract/secret.ts';
import { failureOf } from '../../http/test-server.ts';
import { companyOptions, refusal, startTokenServer, tokenFilePath } from './test-token-server.ts';
import { createUserTokens } from './user-tokens.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown) => `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;

// The claims of SAP's sample.
const claims = {
  aud: 'e010e25d-b4ce-4ce3-a7e4-b670cb1adcb0',
  'concur.version': 2,
  'concur.type': 'user',
  sub: '76459ad3-f77b-4d98-a21a-55333c9179f0',
  iss: 'https://us.api.concursolutions.com',
  exp: 1485485529,
};

async function setUp(idToken: unknown) {
  const server = await startTokenServer();
  const answer = {
    access_token: 'user-access',
    refresh_token: 'not kept',
    expires_in: 3600,
    geolocation: server.url,
    id_token: idToken,
  };
  server.settings.odd = () => ({ body: answer });
  const file = tokenFilePath();
  const { requestToken, ...options } = companyOptions(server.url, file);
  const clock = { nowMs: 0 };
  const tokens = createUserTokens({
    ...options,
    login: 'dana.reyes@acme.example',
    password: new Secret('hunter2'),
    now: () => clock.nowMs,
  });
  return { server, file, tokens, clock };
}

describe('createUserTokens', () => {
  it('logs in with the body that SAP documents, once for the token and the identity', async () => {
    const { server, tokens } = await setUp(jwt(claims));
    expect((await tokens.access()).token.reveal()).toBe('user-access');
    await tokens.identity();
    expect(server.requests.map(({ body }) => body)).toEqual([
      'client_id=client-1&client_secret=client-secret&grant_type=password&username=dana.reyes%40acme.example&password=hunter2&credtype=password',
    ]);
  });

  it('says who the user is, from the id token alone', async () => {
    const { tokens } = await setUp(jwt(claims));
    expect(await tokens.identity()).toEqual({
      userId: '76459ad3-f77b-4d98-a21a-55333c9179f0',
      type: 'user',
      issuer: 'https://us.api.concursolutions.com',
      expiresAt: '2017-01-27T02:52:09.000Z',
    });
  });

  it('says who the user is when the token says nothing else', async () => {
    const { tokens } = await setUp(jwt({ sub: 'somebody', exp: 'soon', iss: 7 }));
    expect(await tokens.identity()).toEqual({ userId: 'somebody' });
  });

  it.each(['', 'one part', 'a.b.c', `x.${part(['sub'])}.z`, jwt({ aud: 'somebody' }), 7, undefined])(
    'says plainly that an id token does not name the user (%s)',
    async (idToken) => {
      const { tokens } = await setUp(idToken);
      expect(String(await failureOf(tokens.identity()))).toMatch(/id token/);
      expect((await tokens.access()).token.reveal()).toBe('user-access');
    },
  );

  it('logs in again when the token is used up or refused, and writes nothing', async () => {
    const { server, file, tokens, clock } = await setUp(jwt(claims));
    const { token } = await tokens.access();
    clock.nowMs += 3600_000;
    await tokens.access();
    expect(server.requests).toHaveLength(2);
    tokens.refused(token);
    await tokens.access();
    expect(server.requests).toHaveLength(3);
    expect(existsSync(dirname(file))).toBe(false);
  });

  it('does not try a refused password again, since accounts get locked', async () => {
    const { server, tokens } = await setUp(jwt(claims));
    server.settings.odd = () => refusal(19);
    const first = await failureOf(tokens.access());
    expect(await failureOf(tokens.identity())).toBe(first);
    expect(server.requests).toHaveLength(1);
  });

  it('follows a user who lives elsewhere, and refuses a foreign place', async () => {
    const { server, tokens } = await setUp(jwt(claims));
    const elsewhere = await startTokenServer();
    server.settings.odd = () => refusal(16, { geolocation: elsewhere.url });
    elsewhere.settings.odd = () => ({ body: { access_token: 'x', geolocation: 'https://concur.example' } });
    expect(String(await failureOf(tokens.access()))).toMatch(/geolocation is refused/);
    expect(elsewhere.requests).toHaveLength(1);
  });
});
