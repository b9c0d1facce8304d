/** So many renewals in vain in a row are taken for bad luck; after them one a minute, in milliseconds. */
const MOST_IN_A_ROW = 3;
const WAIT_MS = 60_000;

/** Which calls are worth another token when theirs was refused. */
export interface Renewals {
  /** Whether another token may help this operation. */
  mayHelp(operation: string): boolean;
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
    mayHelp(operation) {
      const { count, atMs } = vain.get(operation) ?? { count: 0, atMs: 0 };
      return count < MOST_IN_A_ROW || now() - atMs >= WAIT_MS;
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
