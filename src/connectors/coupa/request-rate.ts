import type { Rate } from '../http/rate-limiter.ts';

/** Coupa allows 25 requests a second with a burst of 20. */
const MAX_BURST = 10;

/**
 * What one process may send when `among` processes share `requestsPerSecond`: an even part of rate and burst, the
 * burst at least 1, since a limiter needs room for a request.
 */
export function coupaRate(requestsPerSecond: number, among = 1): Rate {
  const sharers = Math.max(1, Math.floor(among));
  const burst = Math.min(MAX_BURST, Math.max(1, Math.floor(requestsPerSecond)));
  return { perSecond: requestsPerSecond / sharers, burst: Math.max(1, Math.floor(burst / sharers)) };
}
