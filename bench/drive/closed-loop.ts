/**
 * Does the work of each item, `concurrency` of them at a time: the next one begins when one ends. Resolves with the
 * milliseconds from the first to the last.
 */
export async function closedLoop<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<number> {
  const left = [...items];
  const beganAtMs = performance.now();
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return performance.now() - beganAtMs;
}
