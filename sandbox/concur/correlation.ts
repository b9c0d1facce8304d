import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { SandboxEnv } from '../sandbox-env.ts';

const name = 'concur-correlationid';

/** Gives every answer its `concur-correlationid`: the client's own, or a new one. */
export const correlation = createMiddleware<SandboxEnv>(async (c, next) => {
  await next();
  // A cut connection has no answer that could carry a header.
  if (c.res.headers.has('x-hono-already-sent')) return;
  c.res.headers.set(name, c.req.header(name) ?? randomUUID());
});
