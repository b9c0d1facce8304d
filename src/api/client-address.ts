import type { Context } from 'hono';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { ApiEnv } from './env.ts';

/**
 * The caller's network address. `X-Forwarded-For` counts only as far as proxies we run wrote it: with
 * `trustProxy` of them in front, the entry that many places from the right; everything left of it can be made up.
 * Undefined when there is no socket (a request made in process).
 */
export function clientAddress(c: Context<ApiEnv>, trustProxy: number): string | undefined {
  if (trustProxy > 0) {
    const entries = (c.req.header('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim());
    const entry = entries.at(-trustProxy);
    if (entry !== undefined && entry !== '') return entry;
  }
  const env: unknown = c.env;
  const served = typeof env === 'object' && env !== null && 'incoming' in env;
  return served ? getConnInfo(c).remote.address : undefined;
}
