import type { Effect } from '../http/network-failure.ts';

/** So many renewals in vain in a row are taken for bad luck; after them this far apart, in milliseconds. */
const MOST_IN_A_ROW = 3;
/** Somebody who has just granted the right, and says so, waits for a create. */
const WAIT_MS = { read: 60_000, write: 5_000 } as const;

/** Which calls are worth another token when theirs was refused. */
export interface Renewals {
  /** Whether another token may help this operation. */
  mayHelp(operation: string, effect: Effect): boolean;
  /** The next token was refused as well. */
  wasInVain(operation: string): void;
  /** The operation was let through. */
  helped(operation: string): void;
}

/**
 * Concur says 403 for a token that has expired and for a right that is missing, and only a renewal tells which. An
 * operation whose right is missing for good must not have a new token issued for each of its calls. `now`: monotonic
 * milliseconds.
 */
export function createRenewals(now: () => number = () => performance.now()): Renewals {
  const vain = new Map<string, { count: number; atMs: number }>();
  return {
    mayHelp(operation, effect) {
      const { count, atMs } = vain.get(operation) ?? { count: 0, atMs: 0 };
      return count < MOST_IN_A_ROW || now() - atMs >= WAIT_MS[effect];
    },
    wasInVain(operation) {
      const count = (vain.get(operation)?.count ?? 0) + 1;
      vain.set(operation, { count, atMs: now() });
    },
    helped(operation) {
      vain.delete(operation);
    },
  };
}
