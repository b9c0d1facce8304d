import type { Facts } from './facts.ts';
import type { Mode } from './mode.ts';
import type { Approver, Person } from './person.ts';
import type { ReminderPlan } from './reminders.ts';
import type { StandingDecision } from './decision.ts';

/** What is known of a requisition when an approval is looked at: enough for a card, the memo and a decision. */
export interface Sheet {
  readonly requisitionId: number;
  readonly title: string | null;
  readonly status: string;
  readonly justification: string | null;
  /** ISO 8601 with offset, as Coupa sends it. */
  readonly submittedAt: string | null;
  readonly needByDate: string | null;
  readonly department: string | null;
  /** Names of the accounts that the lines are booked on, when all fit into a short text. */
  readonly costCentre: string | null;
  readonly requester: Person | null;
  readonly createdBy: Person | null;
  readonly facts: Facts;
  readonly factsHash: string;
  /** Coupa id of the user or group whose row it is. */
  readonly approverId?: number;
  /** The approval row's own date; null on some rows (Coupa), so nothing may depend on it. */
  readonly updatedAt: string | null;
}

/** Why nobody can be asked although it is this approval's turn. */
export type Unreachable =
  | 'nobody of the group may decide it'
  | 'nobody of the group has an address'
  | 'approver is of an unknown kind'
  | 'approver has no address'
  | 'approver is inactive'
  | 'two active users have the address of the approver'
  | 'approver is the requester or creator'
  | 'requester and creator are unknown';

/** What one look at Coupa showed about an approval. */
export type Observation =
  /** The row no longer exists (404). */
  | { readonly kind: 'gone' }
  /**
   * The row is pending, but its requisition no longer exists or no longer names it in its chain: deleted, edited
   * and re-submitted, or the chain restarted.
   */
  | { readonly kind: 'replaced' }
  /** The row is no longer pending. `ours` when the note carries our marker. */
  | { readonly kind: 'ended'; readonly status: string; readonly ours: boolean }
  /** The row is pending but its requisition is not `pending_approval` (draft, withdrawn): nobody may be asked. */
  | { readonly kind: 'notSubmitted'; readonly requisitionStatus: string; readonly sheet: Sheet }
  /** Pending, but another approval's turn. */
  | { readonly kind: 'notYet'; readonly sheet: Sheet }
  /** Its turn. */
  | {
      readonly kind: 'actionable';
      readonly sheet: Sheet;
      /**
       * Who may decide: the row's approver and those delegated to, or the members of its group, by id; of a large
       * group the first `approversCarried`. The rest may decide all the same, but are neither asked nor named.
       */
      readonly approvers: readonly Approver[];
      /** The ids, out of `approvers`, of those whom policy asks by message; empty: the approval is listed only. */
      readonly asks: readonly number[];
      /** Whose row it is where that is a group; `size` counts all who may decide. */
      readonly group?: { readonly id: number; readonly size: number };
      /** Why nobody at all can be asked. */
      readonly unreachable?: Unreachable;
    };

/** The most people that travel through Temporal with an approval: whatever a group's size, payloads stay small. */
export const approversCarried = 150;

/** What one look brings to the workflow: what was seen, and what policy says about it now. */
export interface Reading {
  readonly observation: Observation;
  readonly reminder: ReminderPlan;
  /** The moment that both rest on (ISO 8601, UTC). */
  readonly at: string;
  /** Names the policy that was applied: a look is due when it is another one. */
  readonly policy: string;
  /** How far Countersign goes now. */
  readonly mode: Mode;
}

/** What became of one attempt to carry a decision out. */
export type CarryOutResult =
  | { readonly kind: 'carriedOut'; readonly standing: StandingDecision }
  | { readonly kind: 'notEntitled' }
  | { readonly kind: 'refused'; readonly words: readonly string[] }
  /** Nothing was written, because Coupa no longer is what the card showed; the look says what it is now. */
  | { readonly kind: 'moved'; readonly observation: Observation };

/** Why something could not be done for now, without a vendor's text (P9). */
export interface Problem {
  /** Class of the error, such as `TerminalError`, or `timeout`. */
  readonly type: string;
  readonly message: string;
}
