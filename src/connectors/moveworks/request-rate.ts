import type { RateLimiterOptions } from '../http/rate-limiter.ts';

const MAX_BURST = 5;

/**
 * A rate and a burst that together keep every window of 60 s within `requestsPerMinute`: Moveworks counts for the whole
 * organisation, other integrations included, and punishes an excess with a minute's pause.
 */
export function perMinute(requestsPerMinute: number): Pick<RateLimiterOptions, 'perSecond' | 'burst'> {
  const burst = Math.max(1, Math.min(MAX_BURST, Math.floor(requestsPerMinute / 12)));
  const steadyPerMinute = burst === 1 ? requestsPerMinute : requestsPerMinute - burst;
  return { perSecond: steadyPerMinute / 60, burst };
}
