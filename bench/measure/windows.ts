/** The most events in any window of `windowMs`, its end not included. */
export function mostWithin(atMs: readonly number[], windowMs: number): number {
  const sorted = atMs.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  sorted.forEach((eachMs, index) => {
    while ((sorted[from] ?? eachMs) <= eachMs - windowMs) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

/** How many events fall into each window of `windowMs` after `startMs`, `count` windows in a row. */
export function countPerWindow(
  atMs: readonly number[],
  { startMs, windowMs, count }: { startMs: number; windowMs: number; count: number },
): number[] {
  const counts = Array.from({ length: count }, () => 0);
  for (const eachMs of atMs) {
    const index = Math.floor((eachMs - startMs) / windowMs);
    const before = counts[index];
    if (before !== undefined) counts[index] = before + 1;
  }
  return counts;
}
