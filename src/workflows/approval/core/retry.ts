const minuteMs = 60_000;

/** Looks and cards that failed, and approvals nobody can be asked about: from 15 minutes up to 6 hours. */
export function slowRetryMs(failures: number): number {
  return Math.min(15 * minuteMs * 2 ** Math.max(0, failures - 1), 6 * 60 * minuteMs);
}

/** A decision that Coupa could not answer: from 30 seconds up to 15 minutes, because somebody waits for it. */
export function decisionRetryMs(failures: number): number {
  return Math.min(minuteMs * 0.5 * 2 ** Math.max(0, failures - 1), 15 * minuteMs);
}
