import { sleep as realSleep } from './aborting.ts';

/**
 * `decide` goes before every waiting request of another kind: nothing stands between a decision and its execution
 * (P11). `poll` goes before `normal`: polls are few, and new approvals must not wait behind a flood of looks.
 */
export type Priority = 'decide' | 'poll' | 'normal';

/** Spaces requests; share one between everything that counts against the same vendor limit. */
export interface RateLimiter {
  /** Resolves when one request may be sent. An abort gives the place up and rethrows the signal's reason. */
  acquire(options?: { signal?: AbortSignal | undefined; priority?: Priority | undefined }): Promise<void>;
  /** Goes on at another rate from now on, for those that wait already too. Throws a RangeError for a senseless one. */
  setRate(rate: Rate): void;
}

export interface Rate {
  /** Requests a second in the long run; 60 a minute is 1. */
  readonly perSecond: number;
  /** How many may go at once after a quiet time; beyond them requests are spaced evenly. */
  readonly burst: number;
}

export interface RateLimiterOptions extends Rate {
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

function checked({ perSecond, burst }: Rate): Rate {
  if (!(perSecond > 0 && Number.isFinite(perSecond))) throw new RangeError('perSecond must be above 0');
  if (!(burst >= 1)) throw new RangeError('burst must be at least 1');
  return { perSecond, burst };
}

/** A token bucket that counts requests, not activities or workflows. It keeps no timer while nobody waits. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { now = () => performance.now(), sleep = realSleep } = options;
  let rate = checked(options);
  const queues: Record<Priority, (() => void)[]> = { decide: [], poll: [], normal: [] };
  let tokens = rate.burst;
  let countedAtMs = now();
  let pumping: AbortController | undefined;

  function refill(): void {
    const atMs = now();
    tokens = Math.min(rate.burst, tokens + ((atMs - countedAtMs) * rate.perSecond) / 1000);
    countedAtMs = atMs;
  }

  function isQueued(): boolean {
    return Object.values(queues).some((queue) => queue.length > 0);
  }

  async function pump(self: AbortController): Promise<void> {
    while (isQueued() && !self.signal.aborted) {
      refill();
      // A hair under 1 counts: rounding must not cost another timer of a fraction of a millisecond.
      if (tokens >= 1 - 1e-6) {
        tokens -= 1;
        (queues.decide.shift() ?? queues.poll.shift() ?? queues.normal.shift())?.();
      } else {
        await sleep(((1 - tokens) * 1000) / rate.perSecond, self.signal);
      }
    }
    // In the same turn as the last look at the queues: a waiter that comes later must find no pump and start one.
    if (pumping === self) pumping = undefined;
  }

  function startPump(): void {
    if (pumping) return;
    pumping = new AbortController();
    // It rejects only when stopped, by which time nobody waits.
    pump(pumping).catch(() => undefined);
  }

  function stopPump(): void {
    pumping?.abort();
    pumping = undefined;
  }

  function leave(priority: Priority, grant: () => void): void {
    const index = queues[priority].indexOf(grant);
    if (index >= 0) queues[priority].splice(index, 1);
    if (!isQueued()) stopPump();
  }

  return {
    async acquire({ signal, priority = 'normal' } = {}) {
      signal?.throwIfAborted();
      let onAbort: (() => void) | undefined;
      await new Promise<void>((resolve) => {
        queues[priority].push(resolve);
        onAbort = () => {
          leave(priority, resolve);
          resolve();
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        startPump();
      });
      if (onAbort) signal?.removeEventListener('abort', onAbort);
      signal?.throwIfAborted();
    },
    setRate(next) {
      const following = checked(next);
      refill();
      rate = following;
      tokens = Math.min(tokens, rate.burst);
      // Whoever waits, waits by the old rate.
      stopPump();
      if (isQueued()) startPump();
    },
  };
}
