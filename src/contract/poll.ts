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
  /** For whoever reads Temporal's UI. */
  readonly summary: string;
}

/** What one pass found and did. */
export interface PassResult extends Omit<PollResult, 'summary'> {
  /** Requests to Coupa: all passes of a run together stay below a limit. */
  readonly requests: number;
  /** Pending approvals read; of the state pass: requisitions compared. */
  readonly rows: number;
  readonly started: number;
  readonly rechecked: number;
}

/** Argument of a pass: where the run before it stopped. `now` comes from the workflow (ISO 8601). */
export interface PassInput extends Omit<PollResult, 'summary'> {
  readonly now: string;
}

/** Argument of the state pass: it gets the requests to Coupa that the other passes have left. */
export interface StatePassInput extends PassInput {
  readonly maxRequests: number;
}
