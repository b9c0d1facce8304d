import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps } from '../deps.ts';
import { EngineUnavailable } from '../engine/engine.ts';
import type { ApiEnv } from '../env.ts';
import { problemResponses } from '../problem-responses.ts';
import { knownPurchaseRequest } from './known.ts';
import { purchaseRequestView, viewOfMemo, viewOfRecord } from './view.ts';

const showPurchaseRequestRoute = createRoute({
  method: 'get',
  path: '/purchase-requests/{id}',
  summary: 'One purchase request: state, what SAP Concur says, purchase orders and timeline',
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: {
      description: 'The purchase request.',
      content: { 'application/json': { schema: purchaseRequestView } },
    },
    ...problemResponses('unauthorized', 'not-found', 'internal', 'unavailable'),
  },
});

/** `GET /purchase-requests/{id}`: changes nothing (P8), and asks nothing of SAP Concur. */
export function addPurchaseRequestRoute(app: OpenAPIHono<ApiEnv>, { engine }: ApiDeps): void {
  app.openapi(showPurchaseRequestRoute, async (c) => {
    const { id } = c.req.valid('param');
    const seen = await knownPurchaseRequest(engine, id);
    const { memo } = seen;
    const open = seen.kind === 'open';
    const record = await engine.purchaseRequestRecord(id, seen);
    if (record !== undefined) return c.json(viewOfRecord(record, { open, startedAt: memo?.startedAt }), 200);
    if (memo === undefined) throw new EngineUnavailable('neither record nor memo');
    return c.json(viewOfMemo(memo, open), 200);
  });
}
