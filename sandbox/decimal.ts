/** Amounts and quantities are decimal strings, as the vendors keep them; floats would lose cents, so they are whole units here. */
interface Decimal {
  units: bigint;
  scale: number;
}

function parse(text: string): Decimal {
  const [whole = '0', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function format(value: Decimal): string {
  const sign = value.units < 0n ? '-' : '';
  const digits = (value.units < 0n ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  if (value.scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -value.scale)}.${digits.slice(-value.scale)}`;
}

/** Rescales, rounding half away from zero. */
function rescale(value: Decimal, scale: number): Decimal {
  if (scale >= value.scale) return { units: value.units * 10n ** BigInt(scale - value.scale), scale };
  const divisor = 10n ** BigInt(value.scale - scale);
  const half = value.units < 0n ? -divisor / 2n : divisor / 2n;
  return { units: (value.units + half) / divisor, scale };
}

/** The text with at least so many decimal places; more are kept. */
export function withDecimals(text: string, atLeast: number): string {
  const value = parse(text);
  return format(rescale(value, Math.max(atLeast, value.scale)));
}

/** The product of two decimal strings, rounded to the given places. */
export function multiply(left: string, right: string, places: number): string {
  const a = parse(left);
  const b = parse(right);
  return format(rescale({ units: a.units * b.units, scale: a.scale + b.scale }, places));
}

/** The sum of decimal strings, rounded to the given places; of none it is zero. */
export function sum(texts: readonly string[], places: number): string {
  const values = texts.map(parse);
  const scale = Math.max(places, ...values.map((value) => value.scale));
  const units = values.reduce((total, value) => total + rescale(value, scale).units, 0n);
  return format(rescale({ units, scale }, places));
}
