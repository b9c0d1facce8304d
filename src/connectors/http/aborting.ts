/**
 * Waits `ms` milliseconds; an abort ends the wait (and its timer) at once and rethrows the signal's reason.
 */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let wake: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    wake = () => {
      resolve();
    };
    timer = setTimeout(wake, ms);
    signal?.addEventListener('abort', wake, { once: true });
  });
  clearTimeout(timer);
  if (wake) signal?.removeEventListener('abort', wake);
  signal?.throwIfAborted();
}

/**
 * The promise's value, or the signal's reason thrown as soon as it aborts. The promise itself goes on:
 * others may share it.
 */
export async function orAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  let wake: (() => void) | undefined;
  const aborted = new Promise<undefined>((resolve) => {
    wake = () => {
      resolve(undefined);
    };
    if (signal.aborted) wake();
    else signal.addEventListener('abort', wake, { once: true });
  });
  try {
    const first = await Promise.race([aborted, promise.then((value) => ({ value }))]);
    if (first) return first.value;
    signal.throwIfAborted();
    return await promise;
  } finally {
    if (wake) signal.removeEventListener('abort', wake);
  }
}
