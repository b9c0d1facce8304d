import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Action, Decision } from '../contract/decision.ts';
import { isLookUpCard } from '../references/card-ids.ts';
import { requireDeciding } from './accepting.ts';
import { requireCarriedOut } from './answers.ts';
import { decisionIdOf } from './decision-ids.ts';
import { decisionInput, namedAction, type DecisionInput } from './decision-input.ts';
import { buttonRoute, decidedStatuses, decisionRoute } from './decision-route.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { preferredWait, waitSignal } from './prefer.ts';
import { press } from './press.ts';
import { ProblemError } from './problem-error.ts';
import { requireRef, type Ref } from './refs.ts';
import { viewOfStanding } from './views.ts';

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

/** A request to decide, after its shape was checked. */
interface Asked {
  readonly action: Action;
  readonly ref: string;
  readonly input: DecisionInput;
  readonly headers: { readonly 'idempotency-key'?: string | undefined; readonly prefer?: string | undefined };
}

function requireOffered(action: Action, { cardActions }: ApiDeps): void {
  if (cardActions.includes(action)) return;
  const what = action === 'approve' ? 'Approving' : 'Rejecting';
  throw new ProblemError('not-offered', `${what} is not offered here: do it in Coupa.`);
}

/** Hands the decision over and answers what became of it: one way for all routes that decide. */
async function decide(c: Context<ApiEnv>, deps: ApiDeps, { action, ref: text, input, headers }: Asked) {
  const { engine, references, now = () => new Date() } = deps;
  const ref = requireRef(text, references);
  requireDeciding(deps);
  requireOffered(action, deps);
  const decision = decisionOf(ref, input, {
    action,
    caller: c.get('caller') ?? '',
    receivedAt: now().toISOString(),
    idempotencyKey: headers['idempotency-key'],
  });
  const { waitMs, applied } = preferredWait(headers.prefer);
  const { approvalId } = ref;
  const answer = await press(engine, approvalId, decision, { waitMs, signal: waitSignal(c, deps) });
  if (applied !== undefined) c.header('Preference-Applied', applied);
  if (answer.kind === 'pending') {
    c.header('Location', `/approvals/${approvalId}`);
    return c.json({ status: 'accepted' as const, approvalId, decisionId: decision.decisionId }, 202);
  }
  const standing = requireCarriedOut(action, answer);
  return c.json({ status: decidedStatuses[action], approvalId, decision: viewOfStanding(standing) }, 200);
}

/** `POST /approvals/{ref}/approve`, `/reject` and `/decision`: what the buttons of a card call. */
export function addDecisionRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  for (const action of ['approve', 'reject'] as const) {
    app.openapi(buttonRoute(action, deps), (c) => {
      const { ref } = c.req.valid('param');
      const input = decisionInput(c.req.valid('json'), c.req.valid('query'));
      return decide(c, deps, { action, ref, input, headers: c.req.valid('header') });
    });
  }
  app.openapi(decisionRoute(deps), async (c) => {
    const { ref } = c.req.valid('param');
    const input = decisionInput(c.req.valid('json'), c.req.valid('query'));
    const action = await namedAction(c);
    if (action === undefined) throw new Error('a decision without an action passed the checks');
    return decide(c, deps, { action, ref, input, headers: c.req.valid('header') });
  });
}
