import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentile, spreadOf, summarise } from './summary.ts';

test('takes the nearest rank, so that a percentile is always a sample', () => {
  const samples = [15, 20, 35, 40, 50];
  expect([0.05, 0.3, 0.4, 0.5, 1].map((share) => percentile(samples, share))).toEqual([15, 20, 20, 35, 50]);
});

test('leaves at most one in twenty above the 95th percentile', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (samples) => {
      const limit = percentile(samples, 0.95);
      expect(samples).toContain(limit);
      expect(samples.filter((each) => each > limit).length).toBeLessThanOrEqual(samples.length / 20);
    }),
  );
});

test('sums samples up', () => {
  expect(summarise([4, 1, 3, 2])).toEqual({ n: 4, min: 1, p50: 2, p95: 4, p99: 4, max: 4, mean: 2.5 });
  expect(spreadOf([3, 9, 5])).toEqual([3, 9]);
});

test('refuses to sum up nothing', () => {
  expect(() => summarise([])).toThrow(RangeError);
});
