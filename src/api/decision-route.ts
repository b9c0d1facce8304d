import { createRoute, z } from '@hono/zod-openapi';
import type { Action } from '../contract/decision.ts';
import { besideRef, besideRefWithAction, decisionProblems } from './decision-input.ts';
import type { ApiDeps } from './deps.ts';
import { everyProblem } from './every-problem.ts';
import { preferHeader } from './prefer.ts';
import { problemResponses } from './problem-responses.ts';
import { jsonBody, sizeLimit } from './request-body.ts';
import { standingView } from './views.ts';

export const decidedStatuses = { approve: 'approved', reject: 'rejected' } as const;

const params = z.object({
  ref: z.string().openapi({
    description: 'The reference from a card (`approval_id`), or an approval id beside `approver_email`.',
  }),
});

const headers = z.object({
  'idempotency-key': z
    .string()
    .max(255)
    .optional()
    .openapi({ description: 'Names this press; an empty one counts as none.' }),
  prefer: preferHeader,
});

/** A request whose query and body have this shape. */
function requestOf<S extends z.ZodType>(beside: S) {
  return {
    params,
    query: beside,
    headers,
    body: { required: false, content: { 'application/json': { schema: beside } } },
  };
}

function responsesOf(done: readonly Action[]) {
  const carriedOut = z.object({
    status: z.enum(done.map((action) => decidedStatuses[action])),
    approvalId: z.number().int(),
    decision: standingView,
  });
  const accepted = z.object({
    status: z.literal('accepted'),
    approvalId: z.number().int(),
    decisionId: z.string(),
  });
  return {
    200: {
      description: 'Carried out; also the answer to a repeat of the same decision by the same person.',
      content: { 'application/json': { schema: carriedOut } },
    },
    202: {
      description: 'Taken, but not carried out yet: `Location` tells how it ends.',
      headers: z.object({ Location: z.string() }),
      content: { 'application/json': { schema: accepted } },
    },
    ...problemResponses(
      ...([
        'unauthorized',
        'forbidden',
        'forged',
        'not-offered',
        'not-found',
        'too-large',
        'invalid',
      ] as const),
      ...(['not-accepting', 'decided', 'changed', 'refused', 'withdrawn', 'superseded'] as const),
      ...(['unsupported-media-type', 'internal', 'unavailable'] as const),
    ),
  };
}

/** The route of one button: its path names the action. */
export function buttonRoute(action: Action, deps: ApiDeps) {
  const request = requestOf(besideRef);
  return createRoute({
    method: 'post',
    path: `/approvals/{ref}/${action}`,
    summary: `${action === 'approve' ? 'Approve' : 'Reject'} an approval`,
    middleware: [sizeLimit, jsonBody, everyProblem(request, decisionProblems(action, deps))],
    request,
    responses: responsesOf([action]),
  });
}

/** The route for a plugin that merges its buttons into one call: the action comes as a value. */
export function decisionRoute(deps: ApiDeps) {
  const request = requestOf(besideRefWithAction);
  return createRoute({
    method: 'post',
    path: '/approvals/{ref}/decision',
    summary: 'Decide an approval: the action comes as a value',
    middleware: [sizeLimit, jsonBody, everyProblem(request, decisionProblems(undefined, deps))],
    request,
    responses: responsesOf(['approve', 'reject']),
  });
}
