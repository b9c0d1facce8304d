import type { MiddlewareHandler } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { accessError } from './coupa-problem.ts';
import type { LeakyBucket } from './leaky-bucket.ts';
import type { CoupaSettings } from './options.ts';
import type { Token } from './state.ts';
import type { CoupaStore } from './store.ts';

/** Middleware for all of `/api`: 429 above the rate limit (Coupa sends no Retry-After), 401 without a live token. */
export function admission(
  store: CoupaStore,
  settings: CoupaSettings,
  bucket: LeakyBucket,
): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    if (!bucket.admit(performance.now(), settings.requestsPerSecond)) {
      throw accessError(429, 'Too many requests');
    }
    if (liveToken(store, settings, c.req.header('Authorization')) === undefined) {
      throw accessError(401, 'Unauthorized');
    }
    await next();
  };
}

/** Middleware for one route: 403 when the token lacks the scope. Coupa may answer 401 instead: undocumented. */
export function needsScope(
  store: CoupaStore,
  settings: CoupaSettings,
  scope: string,
): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const token = liveToken(store, settings, c.req.header('Authorization'));
    if (token?.scopes.includes(scope) !== true) throw accessError(403, `Missing scope ${scope}`);
    await next();
  };
}

function liveToken(
  store: CoupaStore,
  settings: CoupaSettings,
  header: string | undefined,
): Token | undefined {
  const [, value = ''] = /^Bearer (.+)$/i.exec(header ?? '') ?? [];
  const token = store.tokens.get(value);
  const nowMs = Date.now();
  if (token === undefined || nowMs >= token.expiresAtMs) return undefined;
  // Coupa asks for five seconds between minting and first use; earlier calls may fail.
  return nowMs - token.mintedAtMs < settings.settleMs ? undefined : token;
}
