/**
 * Exact arithmetic on plain decimal strings ("18.75"), as vendors send amounts: money never goes through a float.
 * Texts that are no plain decimal give undefined.
 */
interface Decimal {
  readonly units: bigint;
  /** Digits after the point. */
  readonly scale: number;
}

function parse(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  return { units: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), scale: fraction.length };
}

function atScale({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

function print({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The sum of each pair's product, without trailing zeros: quantity times unit price of every line. */
export function sumOfProducts(pairs: readonly (readonly [string, string])[]): string | undefined {
  let sum: Decimal = { units: 0n, scale: 0 };
  for (const [left, right] of pairs) {
    const a = parse(left);
    const b = parse(right);
    if (a === undefined || b === undefined) return undefined;
    const product = { units: a.units * b.units, scale: a.scale + b.scale };
    const scale = Math.max(sum.scale, product.scale);
    sum = { units: atScale(sum, scale) + atScale(product, scale), scale };
  }
  return print(sum);
}

/** Below zero where `left` is the smaller one, zero where both are the same amount ("10.0" and "10"). */
export function compareDecimals(left: string, right: string): number | undefined {
  const a = parse(left);
  const b = parse(right);
  if (a === undefined || b === undefined) return undefined;
  const scale = Math.max(a.scale, b.scale);
  const difference = atScale(a, scale) - atScale(b, scale);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
