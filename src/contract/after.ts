import type { Sheet } from './observation.ts';
import type { StandingDecision } from './decision.ts';

/** Argument of the workflow `after`: what follows the end of an approval. */
export interface AfterInput {
  readonly approvalId: number;
  readonly requisitionId: number;
  /** Names the end: the decision's id, or the run that saw Coupa's own decision. */
  readonly cause: string;
  /** Absent when Coupa decided. */
  readonly standing?: StandingDecision;
  readonly reason?: string;
  readonly sheet: Sheet | null;
}

/** What one look for the next approval found. */
export interface HandOver {
  /** Approvals that were told to look, oldest id first. */
  readonly told: readonly number[];
  /** True when the requisition waits for nobody any more: there is no next approval to look for. */
  readonly finished: boolean;
}
