import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps } from '../deps.ts';
import type { ApiEnv } from '../env.ts';
import { everyProblem } from '../every-problem.ts';
import { cursorParameter, limitParameter, orCursorProblem } from '../paging.ts';
import { problemResponses } from '../problem-responses.ts';
import { purchaseRequestState } from './shapes.ts';
import { purchaseRequestRow, rowOfMemo } from './view.ts';

const query = z.object({
  state: purchaseRequestState.optional(),
  limit: limitParameter,
  cursor: cursorParameter,
});

const listPurchaseRequestsRoute = createRoute({
  method: 'get',
  path: '/purchase-requests',
  summary: 'Purchase requests: the open ones first, then those that have ended, each newest first',
  middleware: everyProblem({ query }),
  request: { query },
  responses: {
    200: {
      description: 'One page.',
      content: {
        'application/json': {
          schema: z.object({
            data: z.array(purchaseRequestRow),
            next: z
              .string()
              .optional()
              .openapi({ description: '`cursor` of the next page; absent on the last one.' }),
          }),
        },
      },
    },
    ...problemResponses('unauthorized', 'invalid', 'internal', 'unavailable'),
  },
});

/** `GET /purchase-requests`: changes nothing (P8), and needs no worker. The list lags behind by a moment. */
export function addPurchaseRequestsRoute(app: OpenAPIHono<ApiEnv>, { engine }: ApiDeps): void {
  app.openapi(listPurchaseRequestsRoute, async (c) => {
    const { state, limit, cursor } = c.req.valid('query');
    const page = await orCursorProblem(
      engine.listPurchaseRequests({
        ...(state === undefined ? {} : { state }),
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    const data = page.rows.flatMap(({ memo, kind }) =>
      memo === undefined ? [] : [rowOfMemo(memo, kind === 'open')],
    );
    return c.json({ data, ...(page.cursor === undefined ? {} : { next: page.cursor }) }, 200);
  });
}
