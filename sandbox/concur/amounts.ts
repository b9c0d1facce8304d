import { multiply, sum } from '../decimal.ts';
import type { PurchaseLine } from './state.ts';

/** Sum of quantity times unit price, with tax and shipping: exact, with two places at least. */
export function totalOf(lines: readonly PurchaseLine[]): string {
  return exactSum(
    lines.flatMap(({ quantity, unitPrice, shipping = '0', tax = '0' }) => [
      multiply(quantity, unitPrice, placesOf(quantity) + placesOf(unitPrice)),
      shipping,
      tax,
    ]),
  );
}

/** The sum of one field over lines: exact, with two places at least. */
export function sumOf(lines: readonly PurchaseLine[], field: 'shipping' | 'tax'): string {
  return exactSum(lines.map((line) => line[field] ?? '0'));
}

function placesOf(decimal: string): number {
  return decimal.split('.')[1]?.length ?? 0;
}

/** Without the zeros that only a product has behind its second place. */
function exactSum(parts: readonly string[]): string {
  const exact = sum(parts, Math.max(2, ...parts.map(placesOf)));
  return exact.replace(/(\.\d\d\d*?)0+$/, '$1');
}
