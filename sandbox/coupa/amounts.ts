import { multiply, sum, withDecimals } from '../decimal.ts';
import type { Requisition, RequisitionLine } from './state.ts';

const unusualDecimals: Record<string, number> = { JPY: 0, KRW: 0, BHD: 3, KWD: 3, TND: 3 };

/** Coupa's currency object: `decimals` after ISO 4217. */
export function currencyObject(code: string): { id: number; code: string; decimals: number } {
  const id =
    code === 'USD'
      ? 1
      : Array.from(code).reduce((total, letter) => total * 26 + letter.charCodeAt(0) - 65, 100);
  return { id, code, decimals: unusualDecimals[code] ?? 2 };
}

/** The places that amounts are written with: two, or three where the currency has them. */
export function amountPlaces(currency: string): number {
  return Math.max(2, currencyObject(currency).decimals);
}

/** A line's total; an amount line has no quantity, so its price is its total. */
export function lineTotal(line: RequisitionLine, currency: string): string {
  const places = amountPlaces(currency);
  return line.quantity === null
    ? withDecimals(line.unitPrice, places)
    : multiply(line.quantity, line.unitPrice, places);
}

/** The requisition's total, from its lines. */
export function requisitionTotal(requisition: Requisition): string {
  const { currency, lines } = requisition;
  return sum(
    lines.map((line) => lineTotal(line, currency)),
    amountPlaces(currency),
  );
}
