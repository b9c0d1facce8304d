import type { Rate } from './rate-limiter.ts';

const MAX_BURST = 5;

/** A rate and a burst that together keep every window of 60 s within `requestsPerMinute`. */
export function perMinute(requestsPerMinute: number): Rate {
  const burst = Math.max(1, Math.min(MAX_BURST, Math.floor(requestsPerMinute / 12)));
  const steadyPerMinute = burst === 1 ? requestsPerMinute : requestsPerMinute - burst;
  return { perSecond: steadyPerMinute / 60, burst };
}
