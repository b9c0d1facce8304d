import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { approvalView, viewOfMemo, viewOfRecord } from './approval-view.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { unknownApproval } from './ended.ts';
import { EngineUnavailable } from './engine/engine.ts';
import { problemResponses } from './problem-responses.ts';
import { requireRef } from './refs.ts';

const showRoute = createRoute({
  method: 'get',
  path: '/approvals/{id}',
  summary: 'One approval: state, approvers, cards, decision, outcome and timeline',
  request: {
    params: z.object({
      id: z
        .string()
        .openapi({ description: 'An approval id, or a reference, of which only the id is used.' }),
    }),
  },
  responses: {
    200: { description: 'The approval.', content: { 'application/json': { schema: approvalView } } },
    ...problemResponses('unauthorized', 'forged', 'not-found', 'invalid', 'internal', 'unavailable'),
  },
});

/** `GET /approvals/{id}`: changes nothing (P8). */
export function addApprovalRoute(app: OpenAPIHono<ApiEnv>, { engine, references }: ApiDeps): void {
  app.openapi(showRoute, async (c) => {
    const { approvalId } = requireRef(c.req.valid('param').id, references, 'id');
    const seen = await engine.describe(approvalId);
    if (seen.kind === 'none') throw unknownApproval(approvalId);
    const record = await engine.record(approvalId, seen);
    if (record !== undefined) return c.json(viewOfRecord(record), 200);
    // Started a moment ago: its first look at Coupa has not written a memo yet.
    if (seen.memo === undefined) throw new EngineUnavailable('neither worker nor memo');
    return c.json(viewOfMemo(approvalId, seen.memo), 200);
  });
}
