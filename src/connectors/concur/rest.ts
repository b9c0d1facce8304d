import { RetryableError } from '../http/errors.ts';

/** SAP's rule: after a 503 sleep for 5 minutes, then try again. Until then nothing is sent. */
export interface Rest {
  /** Throws a RetryableError with what is left of the rest, in milliseconds. */
  check(operation: string): void;
  /** Rests for so many milliseconds from now, or longer where a longer rest is under way. Waiting calls end at once. */
  begin(ms: number): void;
  /**
   * Runs `wait` with a signal that fires when a rest begins or the caller's own does. Throws the same RetryableError,
   * or the caller's reason.
   */
  unlessBegun(
    operation: string,
    signal: AbortSignal | undefined,
    wait: (signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
}

/** The rest of one client: all its calls, whatever they ask for, rest together. */
export function createRest(): Rest {
  const waiting = new Set<AbortController>();
  let endsAtMs = -Infinity;

  function resting(operation: string): RetryableError {
    const retryAfterMs = Math.max(0, Math.ceil(endsAtMs - performance.now()));
    return new RetryableError('resting after an HTTP 503, nothing was sent; wait, then try again', {
      vendor: 'concur',
      operation,
      retryAfterMs,
    });
  }

  function check(operation: string): void {
    if (performance.now() < endsAtMs) throw resting(operation);
  }

  return {
    check,
    begin(ms) {
      endsAtMs = Math.max(endsAtMs, performance.now() + ms);
      for (const each of waiting) each.abort();
    },
    async unlessBegun(operation, signal, wait) {
      check(operation);
      signal?.throwIfAborted();
      const ended = new AbortController();
      const end = () => {
        ended.abort();
      };
      signal?.addEventListener('abort', end, { once: true });
      waiting.add(ended);
      try {
        await wait(ended.signal);
      } catch (error) {
        signal?.throwIfAborted();
        throw ended.signal.aborted ? resting(operation) : error;
      } finally {
        waiting.delete(ended);
        signal?.removeEventListener('abort', end);
      }
      check(operation);
    },
  };
}
