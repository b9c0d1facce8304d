import { expect, test } from 'vitest';
import { LeakyBucket } from './leaky-bucket.ts';

function admitted(bucket: LeakyBucket, nowMs: number, tries: number, rate = 25): number {
  return Array.from({ length: tries }, () => bucket.admit(nowMs, rate)).filter(Boolean).length;
}

test('lets one request and a queue of 20 in at once, then 25 a second', () => {
  const bucket = new LeakyBucket();
  expect(admitted(bucket, 1000, 100)).toBe(21);
  expect(admitted(bucket, 1400, 100)).toBe(10);
});

test('is lifted by a rate of 0', () => {
  expect(admitted(new LeakyBucket(), 1000, 500, 0)).toBe(500);
});
