import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Attention, PurchaseRequestMemo } from '../../contract/purchase-request.ts';
import type { ApiDeps } from '../deps.ts';
import { EngineUnavailable } from '../engine/engine.ts';
import type { DescribedPurchaseRequest } from '../engine/purchase-request-engine.ts';
import type { ApiEnv } from '../env.ts';
import { everyProblem } from '../every-problem.ts';
import { ProblemError } from '../problem-error.ts';
import { problemResponses } from '../problem-responses.ts';
import { jsonBody, sizeLimit } from '../request-body.ts';
import { creatingRefused } from './creating.ts';
import { knownPurchaseRequest } from './known.ts';
import { mayBeMissing, resolutionBody, toResolution } from './resolution-body.ts';

const request = {
  params: z.object({ id: z.string() }),
  body: { required: true, content: { 'application/json': { schema: resolutionBody } } },
};

const resolveRoute = createRoute({
  method: 'post',
  path: '/purchase-requests/{id}/resolve',
  summary: 'Say what a human found out about a purchase request that needs attention',
  middleware: [sizeLimit, jsonBody, everyProblem(request)],
  request,
  responses: {
    202: {
      description: 'Taken: `Location` tells how it goes on.',
      headers: z.object({ Location: z.string() }),
      content: { 'application/json': { schema: z.object({ status: z.literal('accepted') }) } },
    },
    ...problemResponses(
      ...(['unauthorized', 'not-found', 'not-accepting', 'not-waiting', 'too-large'] as const),
      ...(['unsupported-media-type', 'invalid', 'internal', 'not-configured', 'unavailable'] as const),
    ),
  },
});

type Known = Exclude<DescribedPurchaseRequest, { kind: 'none' }>;

function notWaiting(detail: string, { memo }: Known): ProblemError {
  return new ProblemError('not-waiting', detail, memo === undefined ? {} : { state: memo.state });
}

/** The question that is open. Its `n` goes along, so that an answer to it is never taken for one to a later question. */
function openQuestion(seen: Known): { readonly attention: Attention; readonly memo: PurchaseRequestMemo } {
  const { kind, memo } = seen;
  if (kind === 'closed') throw notWaiting('It has ended: nothing is waited for any more.', seen);
  if (memo === undefined) throw new EngineUnavailable('no memo that we understand');
  if (memo.state !== 'needsAttention' || memo.attention === undefined) {
    throw notWaiting(`It needs nobody's attention: its state is ${memo.state}.`, seen);
  }
  return { attention: memo.attention, memo };
}

/** `POST /purchase-requests/{id}/resolve`: only a human knows what became of a create whose answer was lost (P5). */
export function addResolveRoute(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { engine } = deps;
  app.openapi(resolveRoute, async (c) => {
    const { id } = c.req.valid('param');
    const resolution = toResolution(c.req.valid('json'));
    const seen = await knownPurchaseRequest(engine, id);
    const { attention, memo } = openQuestion(seen);
    if (resolution.kind === 'notCreated') {
      if (!mayBeMissing(attention, memo)) {
        throw notWaiting('SAP Concur has shown this purchase request: it was created.', seen);
      }
      const refusal = creatingRefused(deps);
      if (refusal !== undefined) throw refusal;
    }
    const resolving = { attention: attention.n, resolution, by: c.get('caller') ?? '' };
    if ((await engine.resolvePurchaseRequest(id, resolving)) === 'gone') {
      throw notWaiting(
        'It has ended: nothing is waited for any more.',
        await knownPurchaseRequest(engine, id),
      );
    }
    c.header('Location', `/purchase-requests/${id}`);
    return c.json({ status: 'accepted' as const }, 202);
  });
}
