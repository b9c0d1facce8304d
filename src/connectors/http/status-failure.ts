import {
  RefusedError,
  RetryableError,
  TerminalError,
  UnknownOutcomeError,
  type ConnectorError,
  type ErrorFacts,
} from './errors.ts';
import type { Effect } from './network-failure.ts';

/** Statuses by which a vendor says no to a write it has understood. */
const REFUSALS = new Set([400, 404, 409, 422]);

/**
 * The error for an answer that is not 2xx, by consequence. 401 comes here only after the credential was renewed or
 * cannot be. 408 and 5xx leave a write's outcome open (P5); 429, 401 and 403 say that it was not looked at.
 */
export function statusFailure(
  effect: Effect,
  status: number,
  facts: ErrorFacts,
  more: {
    readonly words: () => readonly string[];
    /** The right that the route needs, where that is known. */
    readonly right?: string | undefined;
  },
): ConnectorError {
  const { words, right } = more;
  if (status >= 300 && status < 400) {
    return new TerminalError(`HTTP ${status}, a redirect, which is not followed; check the base URL`, facts);
  }
  if (status === 429) return new RetryableError('HTTP 429, too many requests; wait, then try again', facts);
  if (status === 401) {
    const alsoCheck = right === undefined ? '' : `, and the scope ${right}`;
    return new TerminalError(
      `HTTP 401, the credential is refused; check the credential and the base URL${alsoCheck}`,
      facts,
    );
  }
  if (status === 403) {
    const advice = right === undefined ? 'check scopes and roles' : `check the scope ${right}, and roles`;
    return new TerminalError(`HTTP 403, a right is missing; ${advice}`, facts);
  }
  if (status === 408 || status >= 500) {
    if (effect === 'read') return new RetryableError(`HTTP ${status}; try again`, facts);
    return new UnknownOutcomeError(
      `HTTP ${status}, the write may have happened; read before repeating`,
      facts,
    );
  }
  if (effect === 'write' && REFUSALS.has(status)) {
    return new RefusedError(`HTTP ${status}, the vendor refuses; read its state`, facts, words());
  }
  return new TerminalError(`HTTP ${status}; the same request cannot succeed`, facts);
}
