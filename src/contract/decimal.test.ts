import { describe, expect, it } from 'vitest';
import { compareDecimals, sumOfProducts } from './decimal.ts';

describe('sumOfProducts', () => {
  it('is exact where a float is not', () => {
    expect(sumOfProducts([['3', '0.1']])).toBe('0.3');
    expect(
      sumOfProducts([
        ['1', '0.1'],
        ['1', '0.2'],
      ]),
    ).toBe('0.3');
    expect(sumOfProducts([['12', '18.75']])).toBe('225');
    expect(sumOfProducts([['9007199254740993', '1.01']])).toBe('9097271247288402.93');
  });

  it('is nothing for no lines, and keeps a sign', () => {
    expect(sumOfProducts([])).toBe('0');
    expect(sumOfProducts([['1', '-0.05']])).toBe('-0.05');
  });

  it('does not guess what a text means', () => {
    for (const text of ['', '1e3', '1,5', 'NaN', '0x10', '1.']) {
      expect(sumOfProducts([[text, '1']])).toBeUndefined();
    }
  });
});

describe('compareDecimals', () => {
  it('compares amounts and not texts', () => {
    expect(compareDecimals('10.0', '10')).toBe(0);
    expect(compareDecimals('9', '10')).toBe(-1);
    expect(compareDecimals('10.01', '10.001')).toBe(1);
    expect(compareDecimals('x', '1')).toBeUndefined();
  });
});
