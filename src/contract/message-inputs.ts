import type { Ending } from './after.ts';
import type { Facts } from './facts.ts';
import type { Sheet } from './observation.ts';
import type { Approver, Person } from './person.ts';
import type { StandingDecision } from './decision.ts';

/** Argument of the activity `sendCard`: ask one approver to decide on these facts. */
export interface SendCardInput {
  readonly approvalId: number;
  readonly cardId: string;
  readonly to: Approver;
  readonly sheet: Sheet;
  /** Others who may decide as well: the first one who does decides for all. `more`: how many are not named. */
  readonly others?: { readonly names: readonly string[]; readonly more: number };
  /** Facts of the card before this one, when they differ. */
  readonly previous?: Facts;
  /** The card was sent before, this long after the first one, and nobody has decided: ask once more. */
  readonly reminder?: { readonly waitedMs: number };
}

/** Argument of the activity `tellHolder`: the card that somebody holds asks nothing any more. */
export interface TellHolderInput {
  readonly to: Person;
  readonly sheet: Sheet;
  readonly ending: Ending;
  readonly reason?: string;
}

/** Argument of the activity `notifyRequester`. */
export interface NotifyRequesterInput {
  readonly sheet: Sheet;
  readonly standing: StandingDecision;
  readonly reason?: string;
}
