import type { Context, MiddlewareHandler } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { platformError } from './concur-problem.ts';
import type { Entity } from './entity.ts';
import type { Token } from './state.ts';

/** Concur does not take chunked bodies: throws its 400. */
export function withoutChunks(c: Context<SandboxEnv>): void {
  if (c.req.header('Transfer-Encoding') !== undefined) {
    throw platformError(400, 'Chunked Transfer-Encoding is not supported');
  }
}

/**
 * The token of a request that may do this. Throws 401 without an Authorization header, and 403 with one that fails:
 * unknown, expired, or without the scope, as Concur's page on status codes has it.
 */
export function tokenFor(c: Context<SandboxEnv>, { store }: Entity, scope: string): Token {
  const header = c.req.header('Authorization');
  if (header === undefined)
    throw platformError(401, 'The Authorization header is not included in the request');
  const [, value = ''] = /^Bearer (\S+)$/i.exec(header) ?? [];
  const token = store.accessTokens.get(value);
  if (token === undefined || token.expiresAtMs <= Date.now()) {
    throw platformError(403, 'The token is unknown, or has expired or been revoked');
  }
  if (!token.scopes.includes(scope)) throw platformError(403, `The token lacks the scope ${scope}`);
  return token;
}

/** Middleware for one route of the API: its body is whole, its token good for the scope. */
export function needs(entity: Entity, scope: string): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    withoutChunks(c);
    tokenFor(c, entity, scope);
    await next();
  };
}
