import { describe, expect, it } from 'vitest';
import { boundedSeen, seenAfter, seenOutside } from './seen-closed.ts';

const at = (n: number) => new Date(Date.UTC(2026, 10, 2) + n).toISOString();

describe('rows of closed workflows', () => {
  it('stay seen outside a page, and inside are for the page to say', () => {
    const seen = { 5: at(0), 6: at(0), 9: at(0), 10: at(0) };
    expect(seenOutside(seen, { rows: [], after: 5, upTo: 9 })).toEqual({ 5: at(0), 10: at(0) });
    expect(seenOutside(seen, { rows: [], after: 5, upTo: undefined })).toEqual({ 5: at(0) });
  });

  it('count as seen from the last close on: an earlier sight is of the run before', () => {
    expect(seenAfter(at(5), at(5))).toBe(at(5));
    expect(seenAfter(at(4), at(5))).toBeUndefined();
    expect(seenAfter(undefined, at(5))).toBeUndefined();
    expect(seenAfter(at(4), undefined)).toBe(at(4));
  });

  it('are kept as to the 5,000 seen first, so that the result of a run stays small', () => {
    const many = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, n) => [1_000_000 + n, at(50_000 - n)]),
    );
    const kept = boundedSeen(many);
    expect(Object.keys(kept)).toHaveLength(5_000);
    expect(kept[1_049_999]).toBe(at(1));
    expect(kept[1_000_000]).toBeUndefined();
    expect(JSON.stringify(kept).length).toBeLessThan(250_000);
  });
});
