import { setMaxListeners } from 'node:events';
import type { Client } from '@temporalio/client';

export interface Wait {
  readonly waitMs: number;
  /** Aborted when nobody listens any more. */
  readonly signal: AbortSignal;
}

/**
 * Waits for something that Temporal holds already, at most `waitMs`, and less when `signal` says so. Whatever
 * fails here (no worker, too many waits at once, Temporal gone) leaves it held, so it is `late` and never an error.
 */
export async function waitAtMost<T>(
  client: Client,
  { waitMs, signal }: Wait,
  late: T,
  work: (over: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal.aborted) return late;
  const over = new AbortController();
  // The SDK adds a listener for each gRPC attempt of the wait: more than ten are no leak, they end with it.
  setMaxListeners(0, over.signal);
  const end = () => over.abort();
  const timer = setTimeout(end, waitMs);
  signal.addEventListener('abort', end);
  const ended = new Promise<T>((resolve) => {
    over.signal.addEventListener('abort', () => resolve(late));
  });
  try {
    // A wait that is not aborted goes on long-polling until the workflow closes.
    const waiting = client.withAbortSignal(over.signal, () => work(over.signal));
    return await Promise.race([waiting.catch(() => late), ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
