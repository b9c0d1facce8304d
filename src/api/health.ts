import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { unavailable } from './problem-error.ts';
import { problemResponses } from './problem-responses.ts';

const okShape = z.object({ status: z.literal('ok') }).openapi('Ok');
const okResponse = { description: 'Yes.', content: { 'application/json': { schema: okShape } } };

const rootRoute = createRoute({
  method: 'get',
  path: '/',
  summary: 'Says that the service is there',
  security: [],
  responses: { 200: okResponse },
});

const livenessRoute = createRoute({
  method: 'get',
  path: '/livez',
  summary: 'Whether the process is alive',
  security: [],
  responses: { 200: okResponse },
});

const readinessRoute = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether decisions can be taken: Temporal is reachable and the process is not stopping',
  security: [],
  responses: { 200: okResponse, ...problemResponses('internal', 'unavailable') },
});

const ok = { status: 'ok' } as const;
const drainRetrySeconds = 1;

/** `GET /`, `/livez` and `/readyz`: open to everybody, so they tell nothing but yes or no. */
export function addHealthRoutes(app: OpenAPIHono<ApiEnv>, { engine, draining }: ApiDeps): void {
  app.openapi(rootRoute, (c) => c.json(ok, 200));
  app.openapi(livenessRoute, (c) => c.json(ok, 200));
  app.openapi(readinessRoute, async (c) => {
    if (draining?.aborted === true) throw unavailable('This process is stopping.', drainRetrySeconds);
    await engine.ready();
    return c.json(ok, 200);
  });
}
