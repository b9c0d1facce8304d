import type { FactChange } from './facts.ts';
import { sameAddress } from './person.ts';

export type Action = 'approve' | 'reject';

/**
 * Who decided, as the API could prove it (P6): by a reference (`userId`), by an address that the authenticated
 * caller asserts (`address`), or both, which must then be the same person.
 */
export interface Actor {
  readonly userId?: number;
  readonly address?: string;
}

/** How the decision came: from a card we sent, from a reference handed out by a look-up, or a bare id. */
type Via = 'card' | 'lookUp' | 'address';

/** A press of a button, as the API hands it to the approval's workflow. */
export interface Decision {
  /** Names this press: a repeat with the same id is the same press. Letters, digits and dashes. */
  readonly decisionId: string;
  readonly action: Action;
  readonly actor: Actor;
  readonly reason?: string;
  /** Id of the card pressed. */
  readonly card?: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly via: Via;
  /** Name of the API key whose holder brought the decision. */
  readonly caller: string;
}

function isOptional(value: unknown, type: 'string' | 'number'): boolean {
  return value === undefined || typeof value === type;
}

/** Whether a signal's argument is a decision. Hand-written: workflow code does without a validation library. */
export function isDecision(value: unknown): value is Decision {
  const given = (value ?? {}) as Partial<Record<keyof Decision, unknown>>;
  const actor = (given.actor ?? {}) as Partial<Record<keyof Actor, unknown>>;
  return (
    typeof given.decisionId === 'string' &&
    /^[A-Za-z0-9-]{1,64}$/.test(given.decisionId) &&
    (given.action === 'approve' || given.action === 'reject') &&
    (actor.userId !== undefined || actor.address !== undefined) &&
    isOptional(actor.userId, 'number') &&
    isOptional(actor.address, 'string') &&
    isOptional(given.reason, 'string') &&
    isOptional(given.card, 'string')
  );
}

/** The one decision that was carried out (P2). */
export interface StandingDecision {
  readonly decisionId: string;
  readonly action: Action;
  /** Coupa user id and address of the approver whom the activity found entitled. */
  readonly userId: number;
  readonly address?: string;
  readonly name: string;
  /** ISO 8601, UTC: when Coupa was seen to hold it. */
  readonly at: string;
}

/** How an approval ended. */
export type Outcome = 'approved' | 'rejected' | 'decidedElsewhere' | 'withdrawn' | 'superseded';

/** What became of one decision: what the API tells whoever pressed. */
export type Answer =
  | { readonly kind: 'carriedOut'; readonly standing: StandingDecision }
  | { readonly kind: 'decided'; readonly standing?: StandingDecision; readonly coupaStatus?: string }
  | { readonly kind: 'changed'; readonly changes: readonly FactChange[] }
  | { readonly kind: 'notEntitled' }
  | { readonly kind: 'refused'; readonly words: readonly string[] }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'superseded' };

/** True when `decision` is a repeat of the standing one by the same person: the same answer is due again. */
export function repeats(decision: Decision, standing: StandingDecision): boolean {
  if (decision.action !== standing.action) return false;
  const { userId, address } = decision.actor;
  if (userId !== undefined) return userId === standing.userId;
  return address !== undefined && standing.address !== undefined && sameAddress(address, standing.address);
}

/** What a decision is told once the approval has ended. */
export function answerAfterEnd(
  decision: Decision,
  ended: { outcome: Outcome; standing?: StandingDecision; coupaStatus?: string },
): Answer {
  if (ended.standing !== undefined) {
    return repeats(decision, ended.standing)
      ? { kind: 'carriedOut', standing: ended.standing }
      : { kind: 'decided', standing: ended.standing };
  }
  if (ended.outcome === 'withdrawn' || ended.outcome === 'superseded') return { kind: ended.outcome };
  return ended.coupaStatus === undefined
    ? { kind: 'decided' }
    : { kind: 'decided', coupaStatus: ended.coupaStatus };
}
