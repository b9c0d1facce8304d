import { multiply, sum } from '../decimal.ts';
import type { PurchaseLine } from './state.ts';

/** Sum of quantity times unit price, with tax and shipping, to two places. */
export function totalOf(lines: readonly PurchaseLine[]): string {
  const parts = lines.flatMap(({ quantity, unitPrice, shipping = '0', tax = '0' }) => [
    multiply(quantity, unitPrice, 8),
    shipping,
    tax,
  ]);
  return sum(parts, 2);
}

/** The sum of one field over lines, to two places. */
export function sumOf(lines: readonly PurchaseLine[], field: 'shipping' | 'tax'): string {
  return sum(
    lines.map((line) => line[field] ?? '0'),
    2,
  );
}
