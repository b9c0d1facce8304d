/**
 * An amount for people: "USD 14,060.41". Coupa's decimal string goes to `Intl` as it is, never through a float;
 * an unknown or missing currency leaves the number as Coupa wrote it.
 */
export function formatMoney(amount: string | null, currency: string | null, locale: string): string {
  if (amount === null) return 'not stated';
  if (currency === null || !/^[A-Z]{3}$/.test(currency) || !isDecimal(amount)) {
    return [currency, amount].filter((part) => part !== null).join(' ');
  }
  const fraction = /\.(\d*?)0*$/.exec(amount)?.[1]?.length ?? 0;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    // A price of a tenth of a cent must not be shown as nothing.
    maximumFractionDigits: Math.min(20, Math.max(fraction, defaultFraction(currency))),
  });
  return plainSpaces(format.format(amount));
}

/** A number for people, every digit kept; what is no plain decimal stays as it came. */
export function formatDecimal(text: string, locale: string): string {
  if (!isDecimal(text)) return text;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  return plainSpaces(format.format(text));
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function defaultFraction(currency: string): number {
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
