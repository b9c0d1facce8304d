/** What a run of `poll` hands to the next one through `lastResult`. Losing it does no harm (P10). */
export interface PollResult {
  /** The full pass goes on behind this approval id; 0 starts a new round. */
  readonly cursor: number;
  /** Highest approval id seen so far: the quick pass asks from a little below it. */
  readonly highestSeen: number;
  /** Pending rows whose workflow had closed, by id, with when they were first seen so (ISO 8601). */
  readonly seenClosed: Readonly<Record<string, string>>;
  /** When a workflow was last told to look again by a pass, by approval id (ISO 8601). */
  readonly told: Readonly<Record<string, string>>;
  /** For whoever reads Temporal's UI. */
  readonly summary: string;
}

/** What one pass found and did. */
export interface PassResult extends Omit<PollResult, 'summary'> {
  readonly rows: number;
  readonly started: number;
  readonly rechecked: number;
}

/** Argument of a pass: where the run before it stopped. `now` comes from the workflow (ISO 8601). */
export interface PassInput extends Omit<PollResult, 'summary'> {
  readonly now: string;
}
