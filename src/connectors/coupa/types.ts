/** Coupa's objects as the rest of Countersign sees them: camelCase, only what it uses. Amounts are decimal strings. */

/** One row of the pending list. */
export interface PendingApprovalRow {
  readonly id: number;
  readonly status: string;
  readonly approvableType: string;
  readonly approvableId: number;
  readonly updatedAt: string | null;
}

export interface CoupaPerson {
  readonly id: number;
  /** Coupa's `fullname`, else first and last name, else the login, the address, or the id. */
  readonly fullname: string;
  readonly email?: string;
  readonly login?: string;
}

/** A person of whom Coupa may have said whether the account is active. */
export interface CoupaUser extends CoupaPerson {
  readonly active?: boolean;
}

/** Whose turn an approval is; `unknown` when the row does not say it in a way we can read. */
export type CoupaApprover =
  | { readonly kind: 'user'; readonly person: CoupaPerson; readonly active?: boolean }
  | {
      readonly kind: 'group';
      readonly id: number;
      readonly name: string;
      readonly active?: boolean;
      /** Absent where the row does not say who the members are. */
      readonly members?: readonly CoupaUser[];
    }
  | { readonly kind: 'unknown' };

/** Who may act for whom, and when. */
export interface CoupaDelegation {
  readonly delegatorId: number;
  readonly delegate: CoupaUser;
  /** ISO 8601 with offset. */
  readonly startsAt: string;
  /** Null: until further notice. */
  readonly endsAt: string | null;
  /** Only approvals that are delegated count; the other kinds of delegation give no right to decide. */
  readonly approvals: boolean;
}

/** Who is in a group, as Coupa's list of groups tells it. */
export interface CoupaGroup {
  readonly id: number;
  readonly name?: string;
  readonly active?: boolean;
  readonly members: readonly CoupaUser[];
}

/** Whom Coupa records as the actor of a decision. */
export interface CoupaActor {
  readonly id: number;
  readonly login?: string;
}

export interface CoupaApproval {
  readonly id: number;
  /** An open set: only `pending_approval` can be decided. */
  readonly status: string;
  readonly approvableType: string;
  readonly approvableId: number;
  readonly approver: CoupaApprover;
  /** Who may act on this row besides its approver, as the row itself tells it. */
  readonly delegates: readonly CoupaUser[];
  /** Who decided: for our decisions the API client's user, not the human. */
  readonly approvedBy?: CoupaActor;
  readonly approvalDate: string | null;
  /** The decision's reason. */
  readonly note: string | null;
  readonly position?: number | null;
  readonly type?: string;
  readonly updatedAt: string | null;
}

export interface CoupaRequisitionLine {
  readonly id: number;
  readonly lineNum: number | null;
  readonly description: string;
  /** Null for amount lines. */
  readonly quantity: string | null;
  readonly unitPrice: string | null;
  readonly total: string | null;
  readonly supplier: string | null;
}

export interface CoupaRequisition {
  readonly id: number;
  readonly status: string;
  readonly title: string;
  readonly justification: string;
  readonly submittedAt: string | null;
  readonly needByDate: string | null;
  readonly total: string | null;
  /** ISO code. */
  readonly currency: string | null;
  readonly requestedBy?: CoupaPerson;
  readonly createdBy?: CoupaPerson;
  readonly department?: string;
  /** Names of the lines' accounts, each once, separated by commas. */
  readonly costCentre?: string;
  readonly lines: readonly CoupaRequisitionLine[];
  readonly approvals: readonly CoupaApproval[];
  readonly currentApprovalId: number | null;
  readonly currentParallelApprovalIds: readonly number[];
  /** Of the current approvals, by their ids, the user's or group's id whose turn it is; only where Coupa was asked. */
  readonly currentApproverIds: Readonly<Record<number, number>>;
}

/** Whether Coupa's 2xx answer itself proves the decision; if not settled, read the approval. */
export type DecisionAnswer =
  | { readonly settled: true; readonly status: 'approved' | 'rejected'; readonly approvedBy?: CoupaActor }
  | { readonly settled: false };
