import { expect, test } from 'vitest';
import { sumOf, totalOf } from './amounts.ts';

const line = (change: object = {}) => ({
  vendorCode: 'ACME',
  vendorAddressCode: 'ACME-01',
  description: 'Monitor',
  quantity: '2',
  unitPrice: '349.50',
  ...change,
});

test.each([
  [[line()], '699.00'],
  [[line({ quantity: '1.50', unitPrice: '2.00' })], '3.00'],
  [[line({ quantity: '3', unitPrice: '0.1' }), line({ tax: '1.25', shipping: '0.5' })], '701.05'],
  [[line({ quantity: '1', unitPrice: '999999999999999999999.9999999' })], '999999999999999999999.9999999'],
  [[line({ quantity: '0.001', unitPrice: '0.00000000001' })], '0.00000000000001'],
  [[line({ quantity: '10', unitPrice: '0.0500' })], '0.50'],
  [[line({ quantity: '100', unitPrice: '1000' })], '100000.00'],
])('the total of %j is exact, with two places at least', (lines, total) => {
  expect(totalOf(lines)).toBe(total);
});

test('a sum over lines is exact, too, and zero where no line has the field', () => {
  expect(sumOf([line({ tax: '0.1' }), line({ tax: '0.0000002' }), line()], 'tax')).toBe('0.1000002');
  expect(sumOf([line(), line()], 'shipping')).toBe('0.00');
});
