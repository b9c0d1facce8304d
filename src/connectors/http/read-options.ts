import type { Priority } from './rate-limiter.ts';

/** Options of a single read. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** `decide` for a read that a decision waits for (P4, P11). */
  readonly priority?: Priority | undefined;
}
