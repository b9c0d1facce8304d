/** One signal for a time-out and a caller's abort, that remembers which of the two came first. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Why the signal fired; undefined while it has not. */
  firedBy(): 'timeout' | 'abort' | undefined;
  /** Clears the timer and lets go of the caller's signal. */
  end(): void;
}

/**
 * Starts a deadline of `timeoutMs`. Not `AbortSignal.any`: a caller's signal lives as long as an activity or a
 * worker, and in Node 20 every signal made from it stays attached.
 */
export function startDeadline(timeoutMs: number, callerSignal?: AbortSignal): Deadline {
  const controller = new AbortController();
  let cause: 'timeout' | 'abort' | undefined;
  const fire = (why: 'timeout' | 'abort') => {
    cause ??= why;
    controller.abort();
  };
  const onAbort = () => {
    fire('abort');
  };
  const timer = setTimeout(() => {
    fire('timeout');
  }, timeoutMs);
  if (callerSignal?.aborted) onAbort();
  else callerSignal?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    firedBy: () => cause,
    end: () => {
      clearTimeout(timer);
      callerSignal?.removeEventListener('abort', onAbort);
    },
  };
}
