import { ApplicationFailure } from '@temporalio/common';
import { ConnectorError, TerminalError } from '../connectors/http/errors.ts';

/** A vendor's own wait is honoured up to an hour; a longer one would hide an approval from its retries. */
const longestDelayMs = 60 * 60_000;

/**
 * The one place where a vendor's error becomes a Temporal failure. Terminal ones are not retried by Temporal
 * (the approval becomes `stuck` and tries slowly); `Retry-After` becomes the next retry's delay. The details name
 * vendor, route, status and request id, and hold neither a body nor a secret (P9).
 */
export function toFailure(error: unknown): unknown {
  if (!(error instanceof ConnectorError)) return error;
  const { vendor, operation, status, requestId, retryAfterMs } = error;
  return ApplicationFailure.create({
    type: error.name,
    message: error.message,
    nonRetryable: error instanceof TerminalError,
    details: [{ vendor, operation, status, requestId }],
    // Zero would spend every retry at once: the policy's own delay is short enough.
    ...(retryAfterMs === undefined || retryAfterMs === 0
      ? {}
      : { nextRetryDelay: Math.min(retryAfterMs, longestDelayMs) }),
  });
}
