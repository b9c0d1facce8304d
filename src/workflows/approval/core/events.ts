import type { Card } from '../../../contract/approval.ts';
import type { Decision } from '../../../contract/decision.ts';
import type { Facts } from '../../../contract/facts.ts';
import type { Ending } from '../../../contract/after.ts';
import type { CarryOutResult, Problem, Reading, Sheet } from '../../../contract/observation.ts';
import type { SendCardInput } from '../../../contract/message-inputs.ts';
import type { LookUp } from '../../../contract/messages.ts';
import type { Mode } from '../../../contract/mode.ts';
import type { Approver, Person } from '../../../contract/person.ts';
import type { ApprovalCore } from './state.ts';

/** Whatever may happen to an approval. */
export type ApprovalEvent =
  | { readonly kind: 'pressed'; readonly decision: Decision }
  | { readonly kind: 'lookedUp'; readonly lookUp: LookUp }
  | { readonly kind: 'recheck' }
  | { readonly kind: 'woken' }
  /** `reminder` and `policy` are what policy says at the time of the look. */
  | ({ readonly kind: 'observed' } & Pick<Reading, 'observation'> & Partial<Reading>)
  | { readonly kind: 'lookFailed'; readonly problem: Problem }
  /** `mode` is the one that it was sent in; absent: `decide`. */
  | { readonly kind: 'sent'; readonly cardId: string; readonly mode?: Mode }
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
  readonly to: Approver;
  readonly sheet: Sheet;
  readonly others?: SendCardInput['others'];
  readonly previous?: Facts;
  /** The card went out before: ask once more. */
  readonly reminder?: { readonly waitedMs: number };
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
  /**
   * What follows the end: holders of cards hear of it, and the next approval may wait already. Or the approval goes
   * on without these holders.
   */
  | {
      readonly kind: 'follow';
      /** Names this telling among all of the approval. */
      readonly cause: string;
      readonly ending: Ending;
      readonly reason?: string;
      readonly holders: readonly Person[];
      /** The end was followed before: their cards arrived after it. */
      readonly holdersOnly?: true;
    };

export interface Step {
  readonly core: ApprovalCore;
  readonly commands: readonly Command[];
}
