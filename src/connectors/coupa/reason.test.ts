import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitReason, MAX_REASON_BYTES } from './reason.ts';

describe('fitReason', () => {
  it('leaves a short reason as it is', () => {
    expect(fitReason('[cs 1] Ada: fine, 100 % & more')).toBe('[cs 1] Ada: fine, 100 % & more');
  });

  it('turns control characters and line separators into spaces', () => {
    expect(fitReason('a\r\nb\u0000c\u007Fd\u2028e')).toBe('a  b c d e');
  });

  it('keeps the beginning and marks what is cut with an ellipsis', () => {
    expect(fitReason(`[cs 1] ${'x'.repeat(3000)}`)).toMatch(/^\[cs 1\] x{1900,}…$/);
  });

  it('does not cut a character in two, not even one of several code points', () => {
    const family = '👩‍👩‍👧';
    const kept = fitReason(family.repeat(200)).slice(0, -1);
    expect(kept).toBe(family.repeat(kept.length / family.length));
  });

  it('leaves room for the parameter’s name in a query of 2,000 bytes', () => {
    const query = `reason=${encodeURIComponent(fitReason('x'.repeat(3000)))}`;
    expect(query.length).toBeLessThanOrEqual(2_000);
    expect(query.length).toBeGreaterThan(1_950);
  });

  it('fits the limit when encoded, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1200 }), (text) => {
        return encodeURIComponent(fitReason(text)).length <= MAX_REASON_BYTES;
      }),
    );
    expect(fitReason('a\uD800')).toBe('a\uFFFD');
  });
});
