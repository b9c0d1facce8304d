import type { Answer, Decision, Outcome, StandingDecision } from './decision.ts';
import type { Mode } from './mode.ts';
import type { Approver } from './person.ts';

/** Of an open approval, then `closed` with an outcome. */
export type ApprovalState = 'waiting' | 'listed' | 'asked' | 'deciding' | 'stuck' | 'closed';

/** How a closed workflow of the same approval had ended, when it is started again. */
export interface EarlierRun {
  readonly outcome?: Outcome;
  /** ISO 8601, UTC. */
  readonly closedAt: string;
}

/** Argument of the workflow `approval`. */
export interface ApprovalInput {
  readonly approvalId: number;
  readonly requisitionId: number;
  readonly earlier?: EarlierRun;
}

/** A question put to one approver on certain facts: by message, or handed out by a look-up. */
export interface Card {
  readonly id: string;
  readonly userId: number;
  readonly factsHash: string;
  readonly kind: 'message' | 'lookUp';
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** A look-up needs no sending and counts as sent. */
  readonly sent: boolean;
  /** How it went out where nobody can decide by it: it is sent again once the mode goes further. */
  readonly sentAs?: Exclude<Mode, 'decide'>;
  /** True while it asks about the present facts and it is the approval's turn. */
  readonly live: boolean;
}

/** One line of the story, in plain words and without names (P9): Coupa ids stand for people. */
export interface TimelineEntry {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly text: string;
}

/** Everything told about an approval: answer of the query `record`, and the workflow's result once closed. */
export interface ApprovalRecord {
  readonly approvalId: number;
  readonly requisitionId: number;
  readonly state: ApprovalState;
  readonly stuckReason?: string;
  readonly outcome?: Outcome;
  readonly standing?: StandingDecision;
  readonly coupaStatus?: string;
  readonly approvers: readonly Approver[];
  readonly cards: readonly Card[];
  readonly queue: readonly Decision[];
  readonly answers: Readonly<Record<string, Answer>>;
  readonly reminders: number;
  readonly timeline: readonly TimelineEntry[];
}

/** The flat row of `GET /approvals`: Coupa's keys where Coupa has one, ours beside them. */
export interface ApprovalRow {
  readonly id: number;
  readonly 'approvable-id': number;
  readonly 'approvable-type': 'RequisitionHeader';
  readonly status: string;
  readonly 'updated-at': string | null;
  readonly state: ApprovalState;
  readonly title: string | null;
  readonly requester: string | null;
  readonly total: string | null;
  readonly currency: string | null;
  readonly 'submitted-at': string | null;
}

/**
 * The one memo key of an approval's workflow. One key, because an upsert merges keys: a value that is gone would
 * stay, and the server takes an empty list for a removal.
 */
export const approvalMemoKey = 'approval';

/** What `describe()` shows without a worker. Kept under 2 KiB. */
export interface ApprovalMemo {
  readonly state: ApprovalState;
  readonly outcome?: Outcome;
  readonly stuckReason?: string;
  readonly factsHash?: string;
  /** Coupa id of the user or group whose row it was at the last look. */
  readonly approverId?: number;
  /** Names the policy that the last look applied. */
  readonly policy?: string;
  /** Who was asked, with their live cards. */
  readonly asked: readonly { readonly userId: number; readonly cards: readonly string[] }[];
  readonly row: ApprovalRow;
}

/** The memo that an approval's workflow is started with, before it has looked at Coupa: one event less to pay for. */
export function memoAtStart({ approvalId, requisitionId }: ApprovalInput): ApprovalMemo {
  return {
    state: 'waiting',
    asked: [],
    row: {
      id: approvalId,
      'approvable-id': requisitionId,
      'approvable-type': 'RequisitionHeader',
      status: 'pending_approval',
      'updated-at': null,
      state: 'waiting',
      title: null,
      requester: null,
      total: null,
      currency: null,
      'submitted-at': null,
    },
  };
}
