import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from './env.ts';

const acceptable = /^[A-Za-z0-9._-]{1,64}$/;

/** Names the request: by the caller's `X-Request-Id` when it is safe to log and to repeat, else by a new one. */
export const requestId = createMiddleware<ApiEnv>(async (c, next) => {
  const given = c.req.header('x-request-id');
  const id = given !== undefined && acceptable.test(given) ? given : randomUUID();
  c.set('requestId', id);
  await next();
  c.header('X-Request-Id', id);
});
