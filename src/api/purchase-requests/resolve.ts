import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Attention, PurchaseRequestMemo, Resolution } from '../../contract/purchase-request.ts';
import type { ApiDeps } from '../deps.ts';
import { EngineUnavailable, type Engine } from '../engine/engine.ts';
import type { DescribedPurchaseRequest } from '../engine/purchase-request-engine.ts';
import type { ApiEnv } from '../env.ts';
import { everyProblem } from '../every-problem.ts';
import { invalid, ProblemError } from '../problem-error.ts';
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

/** The question that is open, where it is the one that is answered: nobody answers what they have not read (P5). */
function openQuestion(
  seen: Known,
  answered: number,
): { readonly attention: Attention; readonly memo: PurchaseRequestMemo } {
  const { kind, memo } = seen;
  if (kind === 'closed') throw notWaiting('It has ended: nothing is waited for any more.', seen);
  if (memo === undefined) throw new EngineUnavailable('no memo that we understand');
  if (memo.state !== 'needsAttention' || memo.attention === undefined) {
    throw notWaiting(`It needs nobody's attention: its state is ${memo.state}.`, seen);
  }
  const { n, reason } = memo.attention;
  if (n !== answered) {
    const detail =
      `That answers question ${answered}, and the one that is open is ${n} (${reason}). Nothing was taken: ` +
      `read it first (GET /purchase-requests/${memo.id}), then answer with "attention":${n}.`;
    throw notWaiting(detail, seen);
  }
  return { attention: memo.attention, memo };
}

/**
 * Refuses an id that another purchase request of ours holds: two orders would be told of one. Temporal's list lags
 * behind by a moment, so of two that name the same id at the same time both may pass. Throws `EngineUnavailable`: where
 * nobody can say who holds it, nothing is taken.
 */
async function refuseHeld(engine: Engine, id: string, resolution: Resolution): Promise<void> {
  if (resolution.kind !== 'created' || resolution.concurId === undefined) return;
  const other = await engine.otherOfConcurId(resolution.concurId, id);
  if (other === undefined) return;
  const detail =
    `SAP Concur's ${resolution.concurId} is that of another purchase request here, ${other} ` +
    `(GET /purchase-requests/${other}): nothing was taken.`;
  throw invalid([{ pointer: '/purchaseRequestId', detail }]);
}

/** `POST /purchase-requests/{id}/resolve`: only a human knows what became of a create whose answer was lost (P5). */
export function addResolveRoute(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { engine } = deps;
  app.openapi(resolveRoute, async (c) => {
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    const resolution = toResolution(body);
    const seen = await knownPurchaseRequest(engine, id);
    const { attention, memo } = openQuestion(seen, body.attention);
    if (resolution.kind === 'notCreated') {
      if (!mayBeMissing(attention, memo)) {
        throw notWaiting('SAP Concur has shown this purchase request: it was created.', seen);
      }
      const refusal = creatingRefused(deps);
      if (refusal !== undefined) throw refusal;
    }
    await refuseHeld(engine, id, resolution);
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
