import type { Outcome, StandingDecision } from './decision.ts';
import type { Sheet } from './observation.ts';
import type { Person } from './person.ts';

/**
 * Why a card asks nothing any more. Without `standing` it was Coupa that decided, or nobody did. `passedOn`: the
 * approval is open still, but no longer waits for whoever holds the card (escalated, delegation over, not its turn).
 */
export interface Ending {
  readonly outcome: Outcome | 'passedOn';
  readonly coupaStatus?: string;
  readonly standing?: StandingDecision;
}

/** Argument of the workflow `after`: what follows the end of an approval. */
export interface AfterInput {
  readonly approvalId: number;
  readonly requisitionId: number;
  /** Names the end: the decision's id, or the run that saw Coupa's own decision. */
  readonly cause: string;
  readonly ending: Ending;
  readonly reason?: string;
  readonly sheet: Sheet | null;
  /** Who holds a card that asks nothing any more and has not heard so by an answer to a press. */
  readonly holders: readonly Person[];
  /** What else follows was begun before: these cards arrived after the end, and their holders alone hear now. */
  readonly holdersOnly?: true;
}

/** What one look for the next approval found. */
export interface HandOver {
  /** Approvals that were told to look, oldest id first. */
  readonly told: readonly number[];
  /** True when the requisition waits for nobody any more: there is no next approval to look for. */
  readonly finished: boolean;
}
