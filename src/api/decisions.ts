import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Action, Decision } from '../contract/decision.ts';
import { isLookUpCard } from '../references/card-ids.ts';
import { requireCarriedOut } from './answers.ts';
import { decisionIdOf } from './decision-ids.ts';
import { besideRef, decisionInput, decisionProblems, type DecisionInput } from './decision-input.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { everyProblem } from './every-problem.ts';
import { preferredWait } from './prefer.ts';
import { press } from './press.ts';
import { problemResponses } from './problem-responses.ts';
import { requireRef, type Ref } from './refs.ts';
import { jsonBody, sizeLimit } from './request-body.ts';
import { standingView, viewOfStanding } from './views.ts';

const statuses = { approve: 'approved', reject: 'rejected' } as const;

const request = {
  params: z.object({
    ref: z.string().openapi({
      description: 'The reference from a card (`approval_id`), or an approval id beside `approver_email`.',
    }),
  }),
  query: besideRef,
  headers: z.object({
    'idempotency-key': z.string().min(1).max(255).optional().openapi({ description: 'Names this press.' }),
    prefer: z
      .string()
      .optional()
      .openapi({ description: '`wait=N` (seconds, 14 at most), `respond-async`.' }),
  }),
  body: { required: false, content: { 'application/json': { schema: besideRef } } },
};

function decisionRoute(action: Action, deps: ApiDeps) {
  const done = z.object({
    status: z.literal(statuses[action]),
    approvalId: z.number().int(),
    decision: standingView,
  });
  const accepted = z.object({
    status: z.literal('accepted'),
    approvalId: z.number().int(),
    decisionId: z.string(),
  });
  return createRoute({
    method: 'post',
    path: `/approvals/{ref}/${action}`,
    summary: `${action === 'approve' ? 'Approve' : 'Reject'} an approval`,
    middleware: [sizeLimit, jsonBody, everyProblem(request, decisionProblems(action, deps))],
    request,
    responses: {
      200: {
        description: 'Carried out; also the answer to a repeat of the same decision by the same person.',
        content: { 'application/json': { schema: done } },
      },
      202: {
        description: 'Taken, but not carried out yet: `Location` tells how it ends.',
        headers: z.object({ Location: z.string() }),
        content: { 'application/json': { schema: accepted } },
      },
      ...problemResponses(
        ...(['unauthorized', 'forbidden', 'forged', 'not-found', 'too-large', 'invalid'] as const),
        ...(['decided', 'changed', 'refused', 'withdrawn', 'superseded'] as const),
        ...(['unsupported-media-type', 'internal', 'unavailable'] as const),
      ),
    },
  });
}

/** The press as the workflow gets it: who it is, as far as this request proves it (P6). */
function decisionOf(
  ref: Ref,
  { address, reason }: DecisionInput,
  {
    action,
    caller,
    receivedAt,
    idempotencyKey,
  }: Pick<Decision, 'action' | 'caller' | 'receivedAt'> & { idempotencyKey: string | undefined },
): Decision {
  const actor = {
    ...(ref.kind === 'reference' ? { userId: ref.userId } : {}),
    ...(address === undefined ? {} : { address }),
  };
  const card = ref.kind === 'reference' ? { card: ref.card } : {};
  return {
    decisionId: decisionIdOf({ caller, approvalId: ref.approvalId, action, actor, ...card }, idempotencyKey),
    action,
    actor,
    ...(reason === undefined ? {} : { reason }),
    ...card,
    receivedAt,
    via: ref.kind === 'id' ? 'address' : isLookUpCard(ref.card) ? 'lookUp' : 'card',
    caller,
  };
}

/** `POST /approvals/{ref}/approve` and `/reject`: what the buttons of a card call. */
export function addDecisionRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { engine, references, draining, now = () => new Date() } = deps;
  // A stop ends every wait: the decision is held, and 202 says so better than a broken connection.
  const waitSignal = (gone: AbortSignal) =>
    draining === undefined ? gone : AbortSignal.any([gone, draining]);
  for (const action of ['approve', 'reject'] as const) {
    app.openapi(decisionRoute(action, deps), async (c) => {
      const ref = requireRef(c.req.valid('param').ref, references);
      const input = decisionInput(c.req.valid('json'), c.req.valid('query'));
      const headers = c.req.valid('header');
      const decision = decisionOf(ref, input, {
        action,
        caller: c.get('caller') ?? '',
        receivedAt: now().toISOString(),
        idempotencyKey: headers['idempotency-key'],
      });
      const { waitMs, applied } = preferredWait(headers.prefer);
      const { approvalId } = ref;
      const answer = await press(engine, approvalId, decision, {
        waitMs,
        signal: waitSignal(c.req.raw.signal),
      });
      if (applied !== undefined) c.header('Preference-Applied', applied);
      if (answer.kind === 'pending') {
        c.header('Location', `/approvals/${approvalId}`);
        return c.json({ status: 'accepted' as const, approvalId, decisionId: decision.decisionId }, 202);
      }
      const standing = requireCarriedOut(action, answer);
      return c.json({ status: statuses[action], approvalId, decision: viewOfStanding(standing) }, 200);
    });
  }
}
