import { sleep as realSleep } from './aborting.ts';

/** `decide` goes before every waiting `normal` request: nothing stands between a decision and its execution (P11). */
export type Priority = 'decide' | 'normal';

/** Spaces requests; share one between everything that counts against the same vendor limit. */
export interface RateLimiter {
  /** Resolves when one request may be sent. An abort gives the place up and rethrows the signal's reason. */
  acquire(options?: { signal?: AbortSignal | undefined; priority?: Priority | undefined }): Promise<void>;
}

export interface RateLimiterOptions {
  /** Requests a second in the long run; 60 a minute is 1. */
  readonly perSecond: number;
  /** How many may go at once after a quiet time; beyond them requests are spaced evenly. */
  readonly burst: number;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** A token bucket that counts requests, not activities or workflows. It keeps no timer while nobody waits. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { perSecond, burst, now = () => performance.now(), sleep = realSleep } = options;
  if (!(perSecond > 0 && Number.isFinite(perSecond))) throw new RangeError('perSecond must be above 0');
  if (!(burst >= 1)) throw new RangeError('burst must be at least 1');

  const queues: Record<Priority, (() => void)[]> = { decide: [], normal: [] };
  let tokens = burst;
  let countedAtMs = now();
  let pumping: AbortController | undefined;

  function refill(): void {
    const atMs = now();
    tokens = Math.min(burst, tokens + ((atMs - countedAtMs) * perSecond) / 1000);
    countedAtMs = atMs;
  }

  function isQueued(): boolean {
    return queues.decide.length > 0 || queues.normal.length > 0;
  }

  async function pump(self: AbortController): Promise<void> {
    while (isQueued()) {
      refill();
      // A hair under 1 counts: rounding must not cost another timer of a fraction of a millisecond.
      if (tokens >= 1 - 1e-6) {
        tokens -= 1;
        (queues.decide.shift() ?? queues.normal.shift())?.();
      } else {
        await sleep(((1 - tokens) * 1000) / perSecond, self.signal);
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

  function leave(priority: Priority, grant: () => void): void {
    const index = queues[priority].indexOf(grant);
    if (index >= 0) queues[priority].splice(index, 1);
    if (isQueued()) return;
    pumping?.abort();
    pumping = undefined;
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
  };
}
