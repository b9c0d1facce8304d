/** Ctrl-C reaches us twice within a millisecond, from the terminal and from npm: only a later one means "at once". */
const secondPressAfterMs = 500;

/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP. A second signal calls `hard`, which should end everything at once.
 * `release` gives the signals back to Node.
 */
export function stopSignal(hard: () => void): { readonly stopped: Promise<void>; release(): void } {
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  let firstMs: number | undefined;
  let listener = (): void => undefined;
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
  });
  return {
    stopped,
    release: () => {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
