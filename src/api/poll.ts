import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { problemResponses } from './problem-responses.ts';
import { sizeLimit } from './request-body.ts';

const pollRoute = createRoute({
  method: 'post',
  path: '/poll',
  summary: 'Look at Coupa now',
  description: "The body is ignored whatever it is, so that Coupa's own call-out may point here.",
  middleware: sizeLimit,
  responses: {
    202: {
      description: 'A look at Coupa starts now, or right after the one under way.',
      content: { 'application/json': { schema: z.object({ status: z.literal('accepted') }) } },
    },
    ...problemResponses('unauthorized', 'too-large', 'internal', 'unavailable'),
  },
});

/** `POST /poll`: several wake-ups during one look become one more look. */
export function addPollRoute(app: OpenAPIHono<ApiEnv>, { engine }: ApiDeps): void {
  app.openapi(pollRoute, async (c) => {
    await engine.wakePoll();
    return c.json({ status: 'accepted' as const }, 202);
  });
}
