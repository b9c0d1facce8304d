import type { Card } from '../../../contract/approval.ts';
import type { Decision, StandingDecision } from '../../../contract/decision.ts';
import type { Facts } from '../../../contract/facts.ts';
import type { CarryOutResult, Observation, Problem, Sheet } from '../../../contract/observation.ts';
import type { LookUp } from '../../../contract/messages.ts';
import type { Person } from '../../../contract/person.ts';
import type { ApprovalCore } from './state.ts';

/** Whatever may happen to an approval. */
export type ApprovalEvent =
  | { readonly kind: 'pressed'; readonly decision: Decision }
  | { readonly kind: 'lookedUp'; readonly lookUp: LookUp }
  | { readonly kind: 'recheck' }
  | { readonly kind: 'woken' }
  | { readonly kind: 'observed'; readonly observation: Observation }
  | { readonly kind: 'lookFailed'; readonly problem: Problem }
  | { readonly kind: 'sent'; readonly cardId: string }
  | { readonly kind: 'sendFailed'; readonly cardId: string; readonly problem: Problem }
  | { readonly kind: 'sendCancelled'; readonly cardId: string }
  | { readonly kind: 'settled'; readonly result: CarryOutResult }
  | { readonly kind: 'carryFailed'; readonly problem: Problem }
  | { readonly kind: 'followFailed'; readonly problem: Problem }
  /** The history has grown long: begin nothing more, so that a new run can take over. */
  | { readonly kind: 'winding' };

/** A message to send: the card, to whom, about what, and the facts of the card before it when they changed. */
export interface SendCard {
  readonly card: Card;
  readonly to: Person;
  readonly sheet: Sheet;
  readonly previous?: Facts;
}

/** Whatever an approval may want done. The shell does it and reports back with an event. */
export type Command =
  | { readonly kind: 'look' }
  | ({ readonly kind: 'send' } & SendCard)
  | { readonly kind: 'cancelSends' }
  | {
      readonly kind: 'carryOut';
      readonly decision: Decision;
      readonly factsHash: string;
      /** Not the first try: an earlier one may have written. */
      readonly again: boolean;
    }
  | { readonly kind: 'wake'; readonly afterMs: number }
  | { readonly kind: 'sleep' }
  /** What follows the end: without `standing` Coupa decided, and the next approval may wait already. */
  | { readonly kind: 'follow'; readonly standing?: StandingDecision; readonly reason?: string };

export interface Step {
  readonly core: ApprovalCore;
  readonly commands: readonly Command[];
}
