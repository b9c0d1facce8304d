import type { Facts } from '../contract/facts.ts';
import { formatDecimal } from './money.ts';

/** Longer numbers are nobody's quantity; adding them up would only cost time. */
const plainDecimal = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/;

/**
 * How many pieces: one line's quantity, or the exact sum of several with their count ("25 in 3 lines"). Amount lines
 * have none and do not count. Null without any, and where a quantity is no plain number, since the sum would be wrong.
 */
export function quantityOf(facts: Facts, locale: string): string | null {
  const quantities = facts.lines.flatMap(({ quantity }) => (quantity === null ? [] : [quantity]));
  const [only] = quantities;
  if (only === undefined) return null;
  if (quantities.length === 1 && facts.further === undefined) return formatDecimal(only, locale);
  const sum = sumOf(quantities);
  if (sum === null) return null;
  const counted = `${formatDecimal(sum, locale)} in ${quantities.length}`;
  return facts.further === undefined
    ? `${counted} lines`
    : `${counted} of ${facts.lines.length + facts.further.count} lines`;
}

/** The exact sum of decimal strings: by whole numbers of the smallest place, never through a float. */
function sumOf(decimals: readonly string[]): string | null {
  const parts = decimals.map((text) => plainDecimal.exec(text));
  const places = Math.max(...parts.map((part) => part?.[3]?.length ?? 0));
  let sum = 0n;
  for (const part of parts) {
    if (part === null) return null;
    const [, sign = '', whole = '', fraction = ''] = part;
    sum += BigInt(`${sign}${whole}${fraction.padEnd(places, '0')}`);
  }
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - places);
  return `${sum < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
