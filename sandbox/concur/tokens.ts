import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Token } from './state.ts';
import type { Entity } from './entity.ts';

/** For whom and for what a token is. */
export type Grant = Pick<Token, 'kind' | 'subject' | 'scopes'>;

/** The answer to a good token request, by SAP's names. */
export interface TokenAnswer {
  /** A text in SAP's documentation. */
  expires_in: string;
  scope: string;
  token_type: 'Bearer';
  access_token: string;
  refresh_token: string;
  /** Epoch seconds, not a duration. */
  refresh_expires_in: number;
  id_token: string;
  geolocation: string;
}

/** Makes the tokens of a grant and keeps them. `used`: the refresh token that it was asked with. */
export function issueTokens({ store, settings, options }: Entity, grant: Grant, asked: string, used?: Token) {
  const nowMs = Date.now();
  for (const tokens of [store.accessTokens, store.refreshTokens]) {
    for (const old of tokens.values()) if (old.expiresAtMs <= nowMs) tokens.delete(old.value);
  }
  const geolocation = settings.geolocation ?? asked;
  const access: Token = {
    ...grant,
    value: jwt({ sub: grant.subject, jti: randomUUID() }),
    expiresAtMs: nowMs + settings.accessTokenLifeMs,
  };
  if (used !== undefined && settings.rotation === 'strict') store.refreshTokens.delete(used.value);
  const same = used !== undefined && settings.rotation === 'off';
  const refresh: Token = {
    // A narrower access token leaves the refresh token what it was.
    ...(used ?? grant),
    value: same ? used.value : randomUUID(),
    expiresAtMs: nowMs + settings.refreshTokenLifeMs,
  };
  store.accessTokens.set(access.value, access);
  store.refreshTokens.set(refresh.value, refresh);
  store.changedForGood();
  const answer: TokenAnswer = {
    expires_in: String(Math.max(1, Math.floor(settings.accessTokenLifeMs / 1000))),
    scope: grant.scopes.join(' '),
    token_type: 'Bearer',
    access_token: access.value,
    refresh_token: refresh.value,
    refresh_expires_in: Math.floor(refresh.expiresAtMs / 1000),
    id_token: idToken(access, options.clientId, new URL(geolocation).origin, nowMs),
    geolocation,
  };
  return answer;
}

/** The claims that SAP's sample has, under its names. */
function idToken(
  { kind, subject, value, expiresAtMs }: Token,
  clientId: string,
  issuer: string,
  nowMs: number,
) {
  const nowS = Math.floor(nowMs / 1000);
  return jwt({
    aud: clientId,
    'concur.profile': `${issuer}/profile/v1/principals/${subject}`,
    'concur.version': 2,
    'concur.type': kind,
    sub: subject,
    iss: issuer,
    exp: Math.floor(expiresAtMs / 1000),
    nbf: nowS,
    at_hash: createHash('sha256').update(value).digest('hex').slice(0, 16),
    iat: nowS,
  });
}

/** The look of a JWT with a signature that nobody can check: the sandbox has no key to publish. */
function jwt(claims: object): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${randomBytes(32).toString('base64url')}`;
}
