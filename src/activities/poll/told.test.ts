import { describe, expect, it } from 'vitest';
import { toldLately } from './told.ts';

const now = '2026-11-02T10:00:00.000Z';
const ago = (ms: number) => new Date(Date.parse(now) - ms).toISOString();

describe('what was told', () => {
  it('counts for 10 minutes', () => {
    const told = { 7: ago(0), '8:abc': ago(599_999), '9:abc': ago(600_000) };
    expect(Object.keys(toldLately(told, now))).toEqual(['7', '8:abc']);
  });

  it('is kept as to its newest 2,000, so that the result of a run stays small', () => {
    const many = Object.fromEntries(Array.from({ length: 2_500 }, (_, n) => [`${n}:abcdefghijk`, ago(n)]));
    const kept = toldLately(many, now);
    expect(Object.keys(kept)).toHaveLength(2_000);
    expect(kept['1999:abcdefghijk']).toBe(ago(1_999));
    expect(kept['2000:abcdefghijk']).toBeUndefined();
    expect(JSON.stringify(kept).length).toBeLessThan(200_000);
  });
});
