import type { Doing, Task } from './events.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** A wait of so long, from then on. */
export function waitFor(at: string, waitMs: number, then: Doing): Task {
  return { kind: 'wait', until: new Date(Date.parse(at) + waitMs).toISOString(), then };
}

/** How long ago something was, in milliseconds; zero where nobody knows. */
export function sinceMs(then: string | undefined, at: string): number {
  return then === undefined ? 0 : Date.parse(at) - Date.parse(then);
}

/**
 * Until the next try of what failed so often in a row: from 30 seconds up to 15 minutes. A vendor's own wait is honoured
 * up to an hour; a longer one would hide the request from its tries.
 */
export function retryMs(failures: number, retryAfterMs = 0): number {
  const ours = Math.min(30 * secondMs * 2 ** Math.max(0, failures - 1), 15 * minuteMs);
  return Math.max(ours, Math.min(retryAfterMs, hourMs));
}

const bareRefusalWaitsMs = [minuteMs, 5 * minuteMs];

/** Until the next try after so many refusals without a reason; undefined: that is enough of them. */
export function refusedRetryMs(refusals: number): number | undefined {
  return bareRefusalWaitsMs[refusals - 1];
}

/**
 * Until the next look at a request that last changed so long ago: often at first, then every hour. One that changes with
 * each look is looked at less often, too, the longer it is followed.
 */
export function lookAgainMs(unchangedMs: number, followedMs = 0): number {
  return Math.min(Math.max(unchangedMs / 4, followedMs / 1_000, 2 * secondMs), hourMs);
}

/** Until the next look after so many failed ones in a row: what Concur refuses for good is not asked for at once. */
export function failedLookMs(failures: number): number {
  return Math.min(minuteMs * 2 ** Math.max(0, failures - 1), hourMs);
}

/** How long Concur may take to know an id that it answered itself. */
export const mayBeUnknownMs = 30 * minuteMs;

/**
 * How long Concur may take to know an id that a human named. Whoever named it has seen it there, so it is known at once
 * or not at all; a slip must be told of while its author is still at hand. Two minutes bear a short lag, no more.
 */
export const namedMayBeUnknownMs = 2 * minuteMs;

/** How long other purchase orders of the same request may take to follow the first one. */
export const moreOrdersMs = minuteMs;

/** How long a request is followed that could never be read: only a look tells what policy says (90 days by default). */
export const unreadFollowMs = 90 * dayMs;

/** What was read of a requisition longer ago may be true no more: it is read again before anything is created. */
export const staleMs = 30 * minuteMs;
