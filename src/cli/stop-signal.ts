import { watchNpx } from './npx-shell.ts';

/** Ctrl-C reaches us twice within a millisecond, from the terminal and from npm: only a later one means "at once". */
const secondPressAfterMs = 500;

/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP, or when npx, which ran us, has gone. A second signal calls `hard`,
 * which should end everything at once. `release` gives the signals back to Node.
 */
export function stopSignal(hard: () => void): { readonly stopped: Promise<void>; release(): void } {
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  let firstMs: number | undefined;
  let listener = (): void => undefined;
  let unwatch = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    listener = () => {
      if (firstMs === undefined) {
        firstMs = performance.now();
        resolve();
      } else if (performance.now() - firstMs > secondPressAfterMs) {
        hard();
      }
    };
    for (const signal of signals) process.on(signal, listener);
    unwatch = watchNpx(() => {
      firstMs ??= performance.now();
      resolve();
    });
  });
  return {
    stopped,
    release: () => {
      unwatch();
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
