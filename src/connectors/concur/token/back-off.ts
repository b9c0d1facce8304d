import { ConnectorError, RetryableError, TerminalError } from '../../http/errors.ts';
import { TokenRefusedError, tokenOperation, vendor } from './errors.ts';
import type { FreshAccess } from './held-access.ts';

export interface BackOffOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What would be shown now: with another credential there is nothing to wait for. */
  readonly credential: () => string;
}

/** After the first failure, and after many, in milliseconds. */
const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

interface Failure {
  readonly error: ConnectorError;
  readonly credential: string;
  readonly atMs: number;
  readonly waitMs: number;
  readonly count: number;
}

/**
 * Keeps the token endpoint from being asked for every request while it fails: after a failure nothing is asked for a
 * second, then for twice as long each time, a minute at the most, or for what its `Retry-After` says. Meanwhile a
 * refusal is repeated as it came, and anything else becomes a RetryableError with what is left of the wait.
 */
export function backingOff(
  obtain: () => Promise<FreshAccess>,
  { now, credential }: BackOffOptions,
): () => Promise<FreshAccess> {
  let last: Failure | undefined;

  /** What is left of the wait, in milliseconds; a clock that was put back ends it. */
  function leftMs({ atMs, waitMs }: Failure): number {
    const passedMs = now() - atMs;
    return passedMs < 0 ? 0 : Math.max(0, waitMs - passedMs);
  }

  return async () => {
    const shown = credential();
    if (last?.credential !== shown) last = undefined;
    const waitMs = last === undefined ? 0 : leftMs(last);
    if (last !== undefined && waitMs > 0) throw repeated(last.error, waitMs);
    try {
      const fresh = await obtain();
      last = undefined;
      return fresh;
    } catch (error) {
      if (error instanceof ConnectorError && error.operation === tokenOperation) {
        const count = (last?.count ?? 0) + 1;
        const grownMs = Math.min(FIRST_MS * 2 ** (count - 1), LONGEST_MS);
        last = {
          error,
          // An answer that is of no use may have brought the next refresh token all the same.
          credential: error instanceof TokenRefusedError ? shown : credential(),
          atMs: now(),
          waitMs: Math.max(grownMs, error.retryAfterMs ?? 0),
          count,
        };
      }
      throw error;
    }
  };
}

function repeated(error: ConnectorError, retryAfterMs: number): ConnectorError {
  if (error instanceof TerminalError) return error;
  const why = error.message.replace(`${vendor} ${tokenOperation}: `, '');
  // Without its status: a 503 of a while ago must not begin another rest.
  return new RetryableError(`nothing was asked so soon after a failure (${why})`, {
    vendor,
    operation: tokenOperation,
    retryAfterMs,
  });
}
