/** Pending rows of documents other than requisitions: they are counted, and that is all. */
export interface OtherDocuments {
  /** The count goes on behind this approval id; 0 starts a new round. */
  readonly cursor: number;
  /** Rows of the present round so far, by Coupa's type of document. */
  readonly counting: Readonly<Record<string, number>>;
  /** Rows of the last whole round; absent before there was one. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** How far the approvals of one delegator have been told of a change of delegations. */
interface DelegationCursor {
  readonly delegatorId: number;
  /** Of the delegations that they are told of: with other ones it all begins anew. */
  readonly hash: string;
  /** Highest approval id that was told. */
  readonly after: number;
}

/** What a run of `poll` hands to the next one through `lastResult`. Losing it does no harm (P10). */
export interface PollResult {
  /** The full pass goes on behind this approval id; 0 starts a new round. */
  readonly cursor: number;
  /** Highest approval id seen so far: the quick pass asks from a little below it. */
  readonly highestSeen: number;
  /** Where the state pass goes on: opaque; empty starts a new round. */
  readonly stateCursor: string;
  /** Pending rows whose workflow had closed, by id, with when they were first seen so (ISO 8601). */
  readonly seenClosed: Readonly<Record<string, string>>;
  /** When a pass last told a workflow of a difference (ISO 8601), by approval id and difference. */
  readonly told: Readonly<Record<string, string>>;
  readonly others: OtherDocuments;
  /** A hash of whom somebody has delegated approvals to, by the delegator's Coupa user id. */
  readonly delegations: Readonly<Record<string, string>>;
  /** When the approvals of a delegator are told once more (ISO 8601), by the delegator's id. */
  readonly delegationsDue: Readonly<Record<string, string>>;
  readonly delegationCursor?: DelegationCursor;
  /** Requests to Coupa that this run left, and when it began (ISO 8601): runs in quick succession share them. */
  readonly budget?: { readonly left: number; readonly at: string };
  /** For whoever reads Temporal's UI. */
  readonly summary: string;
}

/** What one pass found and did. */
export interface PassResult extends Omit<PollResult, 'summary' | 'budget'> {
  /** Requests to Coupa: all passes of a run together stay below a limit. */
  readonly requests: number;
  /** Pending approvals read; of the state pass: requisitions compared. */
  readonly rows: number;
  readonly started: number;
  readonly rechecked: number;
}

/** Argument of a pass: where the run before it stopped. `now` comes from the workflow (ISO 8601). */
export interface PassInput extends Omit<PollResult, 'summary' | 'budget'> {
  readonly now: string;
  /** Requests to Coupa that it may make. */
  readonly maxRequests: number;
  /** Workflows that it may tell to look again: each look is two requests more. */
  readonly maxTold: number;
}
