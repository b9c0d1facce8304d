import { expect, test } from 'vitest';
import { multiply, sum, withDecimals } from './decimal.ts';

test('multiplies and adds without a float error', () => {
  expect(multiply('3', '0.1', 2)).toBe('0.30');
  expect(multiply('1234567890.125', '98765432.10', 2)).toBe('121932631124980948.01');
  expect(sum(['0.1', '0.2', '14000'], 2)).toBe('14000.30');
  expect(sum([], 2)).toBe('0.00');
});

test('rounds half away from zero', () => {
  expect(multiply('1', '0.125', 2)).toBe('0.13');
  expect(multiply('-1', '0.125', 2)).toBe('-0.13');
});

test('keeps more places than asked, and adds missing ones', () => {
  expect(withDecimals('4', 1)).toBe('4.0');
  expect(withDecimals('0.0125', 2)).toBe('0.0125');
  expect(withDecimals('-0.5', 2)).toBe('-0.50');
});
