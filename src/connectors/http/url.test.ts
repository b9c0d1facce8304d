import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildUrl, parseBaseUrl } from './url.ts';

describe('parseBaseUrl', () => {
  it.each([
    ['https://x.coupahost.com', 'https://x.coupahost.com'],
    ['https://x.coupahost.com/', 'https://x.coupahost.com'],
    ['https://proxy.example.test/coupa/', 'https://proxy.example.test/coupa'],
  ])('takes %s', (given, base) => {
    expect(parseBaseUrl('coupa', given)).toBe(base);
  });

  it.each([
    'coupa',
    'ftp://x.test',
    'https://a:s3cret@x.test',
    'https://x.test?s3cret',
    'https://x.test#s3cret',
  ])('refuses %s without repeating it (P9)', (given) => {
    expect(() => parseBaseUrl('coupa', given)).toThrow(TypeError);
    expect(() => parseBaseUrl('coupa', given)).not.toThrow(/s3cret/);
  });
});

describe('buildUrl', () => {
  it('encodes brackets, colons, plus and spaces, and leaves undefined values out', () => {
    const query = { 'id[gt]': 5, 'updated_at[gt_or_eq]': '10:00+2 x', gone: undefined };
    expect(buildUrl('http://h/base', '/api', query)).toBe(
      'http://h/base/api?id%5Bgt%5D=5&updated_at%5Bgt_or_eq%5D=10%3A00%2B2%20x',
    );
  });

  it('survives every string and gives it back to a server that decodes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(new URL(buildUrl('http://h', '/', { value })).searchParams.get('value')).toBe(value);
      }),
    );
    expect(buildUrl('http://h', '/', { v: '\uD800' })).toBe('http://h/?v=%EF%BF%BD');
  });
});
