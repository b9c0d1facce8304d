import type { Facts } from './facts.ts';
import type { Sheet } from './observation.ts';
import type { Person } from './person.ts';
import type { StandingDecision } from './decision.ts';

/** Argument of the activity `sendCard`: ask one approver to decide on these facts. */
export interface SendCardInput {
  readonly approvalId: number;
  readonly cardId: string;
  readonly to: Person;
  readonly sheet: Sheet;
  /** Facts of the card before this one, when they differ. */
  readonly previous?: Facts;
}

/** Argument of the activity `notifyRequester`. */
export interface NotifyRequesterInput {
  readonly sheet: Sheet;
  readonly standing: StandingDecision;
  readonly reason?: string;
}
