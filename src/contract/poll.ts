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

/**
 * Where the pass over approved requisitions goes on. Losing it costs a round from the rule's first day on, never a
 * requisition (P10) and never a second order.
 */
export interface HandOffCursor {
  /** Of the rule that it belongs to: with another one it all begins anew. */
  readonly rule: string;
  /** Requisitions that Coupa touched since (ISO 8601) are looked through, behind the id `after`; 0 begins a round. */
  readonly touchedSince: string;
  readonly after: number;
  /** When the round over those touched began (ISO 8601): the next one asks from a little before it. */
  readonly begunAt: string;
  /** The slow round over everything approved goes on behind this requisition id; 0 begins a new one. */
  readonly sweptTo: number;
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
  /** Absent before approved requisitions were first looked through for SAP Concur. */
  readonly handOff?: HandOffCursor;
  /** Requests to Coupa that this run left, and when it began (ISO 8601): runs in quick succession share them. */
  readonly budget?: { readonly left: number; readonly at: string };
  /** For whoever reads Temporal's UI. */
  readonly summary: string;
}

/** Where the first poll begins. */
export const beforeFirstPoll: PollResult = {
  cursor: 0,
  highestSeen: 0,
  stateCursor: '',
  seenClosed: {},
  told: {},
  others: { cursor: 0, counting: {} },
  delegations: {},
  delegationsDue: {},
  summary: '',
};

/** What one pass found and did. */
export interface PassResult extends Omit<PollResult, 'summary' | 'budget' | 'handOff'> {
  /** Requests to Coupa: all passes of a run together stay below a limit. */
  readonly requests: number;
  /** Pending approvals read; of the state pass: requisitions compared. */
  readonly rows: number;
  readonly started: number;
  readonly rechecked: number;
  /** True, of the quick pass: approved requisitions go to SAP Concur, so that the run looks through them, too. */
  readonly handsOff?: true;
}

/** Argument of a pass: where the run before it stopped. `now` comes from the workflow (ISO 8601). */
export interface PassInput extends Omit<PollResult, 'summary' | 'budget' | 'handOff'> {
  readonly now: string;
  /** Requests to Coupa that it may make. */
  readonly maxRequests: number;
  /** Workflows that it may tell to look again: each look is two requests more. */
  readonly maxTold: number;
}

/** Argument of the pass over approved requisitions. */
export interface HandOffPassInput {
  /** Absent: it begins with everything touched since the rule's first day. */
  readonly cursor?: HandOffCursor;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** Requests to Coupa that it may make. */
  readonly maxRequests: number;
}

/** What the pass over approved requisitions found and did. */
export interface HandOffPassResult {
  readonly cursor: HandOffCursor;
  readonly requests: number;
  /** Approved requisitions looked at. */
  readonly rows: number;
  /** Hand-overs begun. */
  readonly begun: number;
}
