import type { ApprovalMemo, ApprovalRecord, ApprovalState } from '../../contract/approval.ts';
import type { Decision } from '../../contract/decision.ts';
import type { LookUp, Settlement } from '../../contract/messages.ts';
import type { NotificationInput, NotificationResult } from '../../contract/notification.ts';
import type { PurchaseRequestEngine } from './purchase-request-engine.ts';

/** An approval's latest run, as Temporal shows it without a worker. */
export interface Run {
  readonly kind: 'open' | 'closed';
  readonly runId: string;
  readonly memo: ApprovalMemo | undefined;
}
export type Described = { readonly kind: 'none' } | Run;

export interface ListRequest {
  readonly approverUserId?: number;
  /** Groups of that person: rows of large groups are known by the group alone. */
  readonly approverGroups?: readonly number[];
  readonly state?: Exclude<ApprovalState, 'closed'>;
  readonly limit: number;
  readonly cursor?: string;
}

export interface ListedApproval {
  readonly approvalId: number;
  readonly runId: string;
  readonly memo: ApprovalMemo | undefined;
}

export interface ListPage {
  readonly rows: readonly ListedApproval[];
  readonly cursor?: string;
}

/** A notification as Temporal is asked to hold it. */
export interface NotificationStart {
  /** Names it: random, or a hash of the caller's key. */
  readonly name: string;
  /** Hash of what was asked for. */
  readonly fingerprint: string;
  readonly input: NotificationInput;
}

/** How a notification stands. `unknown`: somebody ended it, and what became of its messages is not known. */
export type NotificationEnd =
  | { readonly kind: 'done'; readonly result: NotificationResult }
  | { readonly kind: 'pending' }
  | { readonly kind: 'unknown' };

/**
 * What the API needs of Temporal. Every call ends within a few seconds; all but `settled` and `notified` throw
 * `EngineUnavailable` when Temporal cannot be reached in time.
 */
export interface Engine extends PurchaseRequestEngine {
  /** Whether the approval is known, and its memo. Needs no worker. Ends within 2 s. */
  describe(approvalId: number): Promise<Described>;
  /**
   * Hands a decision over. `accepted` only once Temporal holds it (P3); otherwise what became of the approval, which
   * is not open. Needs no worker. Ends within 5 s.
   */
  decide(approvalId: number, decision: Decision): Promise<'accepted' | Described>;
  /**
   * Waits at most `waitMs` for the answer to a decision handed over before. Never throws: the decision is held
   * already, so whatever goes wrong with the wait leaves it `pending`.
   */
  settled(approvalId: number, decision: Decision, waitMs: number, signal: AbortSignal): Promise<Settlement>;
  /**
   * Everything told about the approval. Undefined when an open one has no worker to ask, or a closed one ended
   * without a result. `seen`: what `describe` has just said, to spare another look.
   */
  record(approvalId: number, seen?: Described): Promise<ApprovalRecord | undefined>;
  /** Open approvals, a page at a time. Throws `InvalidCursor`. */
  list(request: ListRequest): Promise<ListPage>;
  /** Records a look-up as a card. Throws `ApprovalGone` when the approval has ended. */
  lookUp(approvalId: number, lookUp: LookUp): Promise<void>;
  /** The fingerprint of the notification of this name; undefined when none was ever started. */
  notification(name: string): Promise<string | undefined>;
  /** Starts a notification. `exists`: one of this name was started before, and nothing was done. Needs no worker. */
  notify(start: NotificationStart): Promise<'started' | 'exists'>;
  /** Waits at most `waitMs` for a notification that was started. Never throws: it is held already. */
  notified(name: string, waitMs: number, signal: AbortSignal): Promise<NotificationEnd>;
  /** Has Coupa looked at now, or right after the look that is under way. */
  wakePoll(): Promise<void>;
  /** Resolves when Temporal answers and knows the namespace. Ends within 2 s. */
  ready(): Promise<void>;
}

/** Temporal did not answer in time, or refused to: nothing is known to be taken (P3). */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
  /** `deadline`, or gRPC's status code. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`Temporal did not answer (${reason}): check that it runs and can be reached.`, options);
    this.reason = reason;
  }
}

/** The approval ended before something could be recorded with it. */
export class ApprovalGone extends Error {
  override readonly name = 'ApprovalGone';
}

/** The cursor is none of ours, or belongs to another query. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}
