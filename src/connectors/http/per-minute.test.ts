import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perMinute } from './per-minute.ts';

describe('perMinute', () => {
  it('allows a small burst at the usual rate', () => {
    expect(perMinute(60)).toEqual({ perSecond: 55 / 60, burst: 5 });
  });

  it('keeps burst and a minute of steady sending together within the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 10_000 }), (limit) => {
        const { perSecond, burst } = perMinute(limit);
        return burst >= 1 && burst + perSecond * 60 <= limit + 1e-9;
      }),
    );
  });

  it('spaces evenly, without a burst, below two dozen a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 23 }), (limit) => {
        expect(perMinute(limit)).toEqual({ perSecond: limit / 60, burst: 1 });
      }),
    );
  });
});
