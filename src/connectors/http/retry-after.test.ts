import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RETRY_AFTER_MS, parseRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(1994, 10, 6, 8, 49, 0);

describe('parseRetryAfter', () => {
  it('reads delay seconds', () => {
    expect(parseRetryAfter('30', NOW)).toBe(30_000);
    expect(parseRetryAfter(' 0 ', NOW)).toBe(0);
  });

  it.each([
    ['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT'],
    ['asctime, which is UTC too', 'Sun Nov  6 08:49:37 1994'],
  ])('reads an HTTP date in the form %s', (_form, header) => {
    expect(parseRetryAfter(header, NOW)).toBe(37_000);
  });

  it('takes a two-digit year more than 50 years ahead for a past one', () => {
    expect(parseRetryAfter('Monday, 06-Nov-95 08:49:37 GMT', Date.UTC(2026, 0, 1))).toBe(0);
  });

  it('takes a date in the past for now', () => {
    expect(parseRetryAfter('Sun, 06 Nov 1994 08:48:00 GMT', NOW)).toBe(0);
  });

  it('caps what a vendor may ask for', () => {
    expect(parseRetryAfter('86400', NOW)).toBe(MAX_RETRY_AFTER_MS);
    expect(parseRetryAfter('9'.repeat(400), NOW)).toBe(MAX_RETRY_AFTER_MS);
    expect(parseRetryAfter('Sun, 06 Nov 2094 08:49:37 GMT', NOW)).toBe(MAX_RETRY_AFTER_MS);
  });

  it.each([
    undefined,
    null,
    '',
    'soon',
    '-5',
    '1.5',
    'Sun, 31 Feb 2094 08:49:37 GMT',
    'Sun, 06 Foo 2094 08:49:37 GMT',
    'Sun, 06 Nov 2094 28:49:37 GMT',
    '2094-11-06T08:49:37Z',
  ])('leaves %j to the backoff of the caller', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined();
  });

  it('reads back every date that JavaScript writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), (seconds) => {
        const header = new Date(NOW + seconds * 1000).toUTCString();
        return parseRetryAfter(header, NOW) === seconds * 1000;
      }),
    );
  });
});
