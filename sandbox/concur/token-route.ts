import type { Context } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { withoutChunks } from './access.ts';
import type { Entity } from './entity.ts';
import { oauthError } from './oauth-error.ts';
import { type Grant, issueTokens, type TokenAnswer } from './tokens.ts';
import { userOfGrant } from './users.ts';

/**
 * `POST /oauth2/v0/token`: the password grant (a company's with `credtype=authtoken`, a user's without) and
 * refresh_token. The form stands in the body, under exactly its content type; a charset there and credentials in the
 * URL are refused, both of which SAP's guides warn of.
 */
export function tokenRoute(entity: Entity) {
  const { settings } = entity;
  return async (c: Context<SandboxEnv>): Promise<Response> => {
    withoutChunks(c);
    if (c.req.header('Content-Type') !== 'application/x-www-form-urlencoded') throw oauthError(135);
    if (new URL(c.req.url).search !== '') throw oauthError(135);
    const form = new URLSearchParams(await c.req.text());
    if (settings.maintenance) throw oauthError(134);
    checkClient(entity, form);
    const grantType = given(form, 'grant_type', 65);
    const isKnown = grantType === 'password' || grantType === 'refresh_token';
    if (!isKnown || !settings.allowedGrants.includes(grantType)) throw oauthError(60);
    const { origin } = new URL(c.req.url);
    const answer =
      grantType === 'password'
        ? issueTokens(entity, passwordGrant(entity, form), origin)
        : refreshed(entity, form, origin);
    return c.json(answer);
  };
}

/** A field of the form; throws the error that SAP gives when it is absent or empty. */
function given(form: URLSearchParams, name: string, code: Parameters<typeof oauthError>[0]): string {
  const value = form.get(name) ?? '';
  if (value === '') throw oauthError(code);
  return value;
}

function checkClient({ options }: Entity, form: URLSearchParams): void {
  if (given(form, 'client_id', 62) !== options.clientId) throw oauthError(61);
  if (given(form, 'client_secret', 63) !== options.clientSecret) throw oauthError(64);
}

function passwordGrant({ settings, options, users }: Entity, form: URLSearchParams): Grant {
  const username = given(form, 'username', 51);
  const password = given(form, 'password', 52);
  const credtype = form.get('credtype') ?? 'password';
  if (credtype !== 'password' && credtype !== 'authtoken') throw oauthError(120);
  if (settings.livesAt !== null) throw oauthError(16, settings.livesAt);
  const scopes = [...settings.grantedScopes];
  if (credtype === 'password') {
    const user = userOfGrant(users, username, password);
    if (user === undefined) throw oauthError(5);
    return { kind: 'user', subject: user.uuid, scopes };
  }
  const isCompany = username.toLowerCase() === options.companyUuid.toLowerCase();
  if (!isCompany || password !== options.requestToken || settings.requestTokenExpired) throw oauthError(5);
  return { kind: 'company', subject: options.companyUuid, scopes };
}

function refreshed(entity: Entity, form: URLSearchParams, origin: string): TokenAnswer {
  const used = entity.store.refreshTokens.get(given(form, 'refresh_token', 106));
  if (used === undefined || used.expiresAtMs <= Date.now()) throw oauthError(108);
  const asked = (form.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '');
  // What the application has lost since, it has lost for old tokens as well.
  const granted = used.scopes.filter((scope) => entity.settings.grantedScopes.includes(scope));
  if (asked.some((scope) => !granted.includes(scope))) throw oauthError(54);
  const scopes = asked.length === 0 ? granted : asked;
  return issueTokens(entity, { kind: used.kind, subject: used.subject, scopes }, origin, used);
}
