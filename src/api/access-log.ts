import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import type { ApiLogger } from './deps.ts';
import type { ApiEnv } from './env.ts';

/**
 * One line a request. The route's pattern stands for the path, which may hold a reference; body, query and
 * addresses are left out altogether (P9).
 */
export function accessLog(logger: ApiLogger) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const startedMs = performance.now();
    await next();
    const pattern = matchedRoutes(c).at(-1)?.path;
    logger.info(
      {
        requestId: c.var.requestId,
        method: c.req.method,
        route: pattern === undefined || pattern.endsWith('*') ? 'unmatched' : pattern,
        status: c.res.status,
        durationMs: Math.round(performance.now() - startedMs),
        caller: c.get('caller') ?? null,
      },
      'request',
    );
  });
}
