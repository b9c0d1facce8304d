import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import type { CoupaSettings } from './options.ts';
import type { CoupaStore } from './store.ts';

interface Client {
  clientId: string;
  clientSecret: string;
}

/**
 * `POST /oauth2/token`: the client-credentials grant, form-encoded, the client in the body or as HTTP Basic.
 * Without `scope` the token carries every granted scope; an unknown one is 400 `invalid_scope`.
 * `invalid_client` and `unsupported_grant_type` follow RFC 6749, as Coupa documents no bodies for them.
 */
export function tokenRoute(store: CoupaStore, settings: CoupaSettings, client: Client) {
  return async (c: Context<SandboxEnv>): Promise<Response> => {
    if (!(c.req.header('Content-Type') ?? '').startsWith('application/x-www-form-urlencoded')) {
      return refuse(c, 400, 'invalid_request', 'The request must be form-urlencoded.');
    }
    const form = new URLSearchParams(await c.req.text());
    if (form.get('grant_type') !== 'client_credentials') {
      return refuse(c, 400, 'unsupported_grant_type', 'The grant type is not supported.');
    }
    const given = basicClient(c.req.header('Authorization')) ?? {
      clientId: form.get('client_id'),
      clientSecret: form.get('client_secret'),
    };
    if (given.clientId !== client.clientId || given.clientSecret !== client.clientSecret) {
      return refuse(c, 401, 'invalid_client', 'Client authentication failed.');
    }
    const asked = (form.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '');
    if (asked.some((scope) => !settings.grantedScopes.includes(scope))) {
      return refuse(c, 400, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.');
    }
    const scopes = asked.length === 0 ? [...settings.grantedScopes] : asked;
    return c.json({
      access_token: mint(store, scopes, settings.tokenLifetimeS),
      token_type: 'bearer',
      expires_in: settings.tokenLifetimeS,
    });
  };
}

/** Coupa's tokens are JWTs whose length grows with the scopes; this one has their look, and a random signature. */
function mint(store: CoupaStore, scopes: string[], lifetimeS: number): string {
  const mintedAtMs = Date.now();
  for (const old of store.tokens.values()) {
    if (old.expiresAtMs <= mintedAtMs) store.tokens.delete(old.value);
  }
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const signature = randomBytes(32).toString('base64url');
  const value = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ scope: scopes.join(' ') })}.${signature}`;
  store.tokens.set(value, { value, scopes, mintedAtMs, expiresAtMs: mintedAtMs + lifetimeS * 1000 });
  store.changed();
  return value;
}

function basicClient(header: string | undefined): Client | null {
  const [, encoded] = /^Basic (.+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { clientId, clientSecret: secret.join(':') };
}

function refuse(c: Context<SandboxEnv>, status: 400 | 401, error: string, description: string): Response {
  return c.json({ error, error_description: description }, status);
}
