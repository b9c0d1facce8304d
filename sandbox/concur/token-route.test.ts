import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bearerOf,
  client,
  companyForm,
  refreshForm,
  refreshTokenOf,
  rhea,
  startTestEntity,
  type TestEntity,
  userForm,
} from './test-entity.ts';

let entity: TestEntity;
beforeEach(async () => {
  entity = await startTestEntity();
});
afterEach(() => entity.close());

type Answer = Record<string, unknown>;
const answerOf = async (form: Record<string, string>) => (await (await entity.token(form)).json()) as Answer;
const claimsOf = (answer: Answer) => {
  const [, claims = ''] = String(answer['id_token']).split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Answer;
};
const read = (token: unknown) =>
  entity.api('/list/v4/lists', { headers: { Authorization: `Bearer ${String(token)}` } });

describe('the token route', () => {
  it("answers the company's grant by SAP's names: a lifetime in a text, an expiry in epoch seconds", async () => {
    const answer = await answerOf(companyForm());
    expect(answer).toMatchObject({ expires_in: '3600', token_type: 'Bearer', geolocation: entity.url });
    expect(answer['scope']).toContain('purchaserequest.write');
    const daysLeft = (Number(answer['refresh_expires_in']) - Date.now() / 1000) / 86_400;
    expect(daysLeft).toBeGreaterThan(179);
    expect(claimsOf(answer)).toMatchObject({
      sub: client.companyUuid,
      aud: client.clientId,
      iss: entity.url,
      'concur.type': 'company',
    });
    expect((await read(answer['access_token'])).status).toBe(200);
  });

  it.each([rhea.login, rhea.address.toUpperCase(), rhea.uuid])(
    "answers a user's grant for %s",
    async (name) => {
      const answer = await answerOf(userForm(name));
      expect(claimsOf(answer)).toMatchObject({ sub: rhea.uuid, 'concur.type': 'user' });
    },
  );

  const { client_id: _id, ...noClient } = companyForm();
  const { client_secret: _secret, ...noSecret } = companyForm();
  const { grant_type: _type, ...noGrant } = companyForm();
  const { username: _username, ...noUser } = companyForm();
  const { password: _password, ...noPassword } = companyForm();
  const { refresh_token: _refresh, ...noRefresh } = refreshForm('x');
  it.each<[number, string, Record<string, string>]>([
    [5, 'a wrong request token', { ...companyForm(), password: 'other' }],
    [5, 'another company', { ...companyForm(), username: rhea.uuid }],
    [5, 'a wrong password', userForm(rhea.login, 'wrong')],
    [5, 'somebody unknown', userForm('nobody')],
    [51, 'no user name', noUser],
    [52, 'no password', noPassword],
    [60, 'another grant', { ...companyForm(), grant_type: 'client_credentials' }],
    [61, 'an unknown client', { ...companyForm(), client_id: 'other' }],
    [62, 'no client', noClient],
    [63, 'no secret', noSecret],
    [64, 'a wrong secret', { ...companyForm(), client_secret: 'other' }],
    [65, 'no grant', noGrant],
    [106, 'no refresh token', noRefresh],
    [108, 'an unknown refresh token', refreshForm('unknown')],
    [120, 'another type of credential', { ...companyForm(), credtype: 'magic' }],
  ])('answers code %d to %s', async (code, _what, form) => {
    const answer = await entity.token(form);
    expect([400, 401, 403]).toContain(answer.status);
    expect(await answer.json()).toEqual({
      code,
      error: expect.any(String) as string,
      error_description: expect.any(String) as string,
    });
  });

  it.each<[number, object]>([
    [134, { maintenance: true }],
    [60, { allowedGrants: ['refresh_token'] }],
    [5, { requestTokenExpired: true }],
  ])('answers code %d when the settings say so', async (code, settings) => {
    await entity.settings(settings);
    expect(await answerOf(companyForm())).toMatchObject({ code });
  });

  it('sends whoever lives elsewhere there, with code 16', async () => {
    await entity.settings({ livesAt: 'http://127.0.0.1:9' });
    for (const form of [companyForm(), userForm(rhea.login)]) {
      expect(await answerOf(form)).toMatchObject({ code: 16, geolocation: 'http://127.0.0.1:9' });
    }
  });

  it('says where its owner lives as the settings have it, even with a path', async () => {
    await entity.settings({ geolocation: 'https://us.api.concursolutions.com/oauth2/v0/token' });
    const answer = await answerOf(companyForm());
    expect(answer['geolocation']).toBe('https://us.api.concursolutions.com/oauth2/v0/token');
    expect(claimsOf(answer)['iss']).toBe('https://us.api.concursolutions.com');
  });

  it('refuses a charset in the content type, another body and credentials in the URL', async () => {
    for (const type of ['application/x-www-form-urlencoded;charset=UTF-8', 'application/json']) {
      const answer = await entity.token(companyForm(), { 'Content-Type': type });
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 135 }]);
    }
    const query = new URLSearchParams(companyForm()).toString();
    const answer = await fetch(`${entity.url}/oauth2/v0/token?${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 135 }]);
  });
});

describe('a refresh', () => {
  it('gives a new refresh token and kills the old one at once', async () => {
    const first = await refreshTokenOf(entity.token, companyForm());
    const second = await refreshTokenOf(entity.token, refreshForm(first));
    expect(second).not.toBe(first);
    expect(await answerOf(refreshForm(first))).toMatchObject({ code: 108 });
    const answer = await answerOf(refreshForm(second));
    expect(claimsOf(answer)).toMatchObject({ sub: client.companyUuid, 'concur.type': 'company' });
    expect((await read(answer['access_token'])).status).toBe(200);
  });

  it('leaves the old one alive, or as it was, when the settings say so', async () => {
    const first = await refreshTokenOf(entity.token, companyForm());
    await entity.settings({ rotation: 'keep' });
    const second = await refreshTokenOf(entity.token, refreshForm(first));
    expect(second).not.toBe(first);
    await entity.settings({ rotation: 'off' });
    expect(await refreshTokenOf(entity.token, refreshForm(first))).toBe(first);
  });

  it('is over with the life of the refresh token', async () => {
    await entity.settings({ refreshTokenLifeMs: 0 });
    expect(await answerOf(refreshForm(await refreshTokenOf(entity.token, companyForm())))).toMatchObject({
      code: 108,
    });
  });

  it('grants no more than was granted, and no longer what the application has lost', async () => {
    const first = await refreshTokenOf(entity.token, companyForm());
    expect(await answerOf({ ...refreshForm(first), scope: 'everything' })).toMatchObject({ code: 54 });
    await entity.settings({ grantedScopes: ['INVVEN'] });
    expect(await answerOf(refreshForm(first))).toMatchObject({ scope: 'INVVEN' });
  });
});

describe('an access token', () => {
  it('is needed: 401 without one, 403 with an unknown, an expired or a weaker one', async () => {
    expect((await fetch(`${entity.url}/list/v4/lists`)).status).toBe(401);
    expect((await read('unknown')).status).toBe(403);
    const { access_token: live } = await answerOf(companyForm());
    expect((await read(live)).status).toBe(200);
    await entity.control('POST', '/expire-tokens');
    expect((await read(live)).status).toBe(403);
    await entity.settings({ grantedScopes: ['INVVEN'] });
    expect((await read((await answerOf(companyForm()))['access_token'])).status).toBe(403);
  });

  it('dies when its life is over', async () => {
    await entity.settings({ accessTokenLifeMs: 0 });
    const header = await bearerOf(entity.token, companyForm());
    expect((await entity.api('/list/v4/lists', { headers: { Authorization: header } })).status).toBe(403);
  });
});
