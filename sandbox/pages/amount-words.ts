/** An amount with its thousands set apart and its currency: `14,060.41 USD`. */
export function money(amount: string, currency: string): string {
  return `${grouped(amount)} ${currency}`;
}

/** A decimal string with its thousands set apart. */
export function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}
