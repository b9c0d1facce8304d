/** What a set of samples comes to. */
export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
}

/** The smallest sample that at least `share` (0 to 1) of all samples do not exceed: the nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const found = sorted[rank - 1];
  if (found === undefined) throw new RangeError('there is no percentile of nothing');
  return found;
}

export function summarise(samples: readonly number[]): Summary {
  return {
    n: samples.length,
    min: percentile(samples, 0),
    p50: percentile(samples, 0.5),
    p95: percentile(samples, 0.95),
    p99: percentile(samples, 0.99),
    max: percentile(samples, 1),
    mean: samples.reduce((sum, each) => sum + each, 0) / samples.length,
  };
}

/** The same figure of several blocks: the smallest and the largest. */
export function spreadOf(values: readonly number[]): [number, number] {
  return [percentile(values, 0), percentile(values, 1)];
}
