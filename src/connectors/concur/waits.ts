/** The least wait after a 429: SAP's own sample says `retry-after: 0`. */
const LEAST_AFTER_429_MS = 30_000;
/** So that those who were refused together do not come back together. */
const JITTER = 0.2;

/**
 * How long to wait after an answer or a time-out, by SAP's rules: `restMs` after a 503 and after a read without an
 * answer; after a 429 what it asks for, 30 s at least, and up to a fifth more.
 */
export function concurWaits(
  restMs: number,
): (what: number | 'timeout', askedMs?: number) => number | undefined {
  return (what, askedMs) => {
    if (what === 'timeout') return restMs;
    if (what === 503) return Math.max(restMs, askedMs ?? 0);
    if (what !== 429) return askedMs;
    return Math.round(Math.max(LEAST_AFTER_429_MS, askedMs ?? 0) * (1 + JITTER * Math.random()));
  };
}
