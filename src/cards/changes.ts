import type { FactChange } from '../contract/facts.ts';
import { clip } from './escape.ts';
import { formatDecimal, formatMoney } from './money.ts';

const amounts = new Set<FactChange['what']>(['total', 'unitPrice']);
const labels: Partial<Record<FactChange['what'], string>> = {
  total: 'total',
  unitPrice: 'unit price',
};
const valueLength = 80;

/** One change in words, unescaped: "was USD 1,000.00, now USD 1,200.00: line 2 total". */
export function describeChange(change: FactChange, currency: string | null, locale: string): string {
  const show = (value: string | null) =>
    value === null
      ? 'nothing'
      : amounts.has(change.what)
        ? formatMoney(value, currency, locale)
        : clip(change.what === 'quantity' ? formatDecimal(value, locale) : value, valueLength);
  const where = change.line === undefined ? '' : `line ${change.line}`;
  if (change.what === 'further lines')
    return `lines beyond those shown changed (was ${show(change.was)}, now ${show(change.now)})`;
  if (change.what === 'line added') return `${where} is new: ${show(change.now)}`;
  if (change.what === 'line removed') return `${where} was removed: ${show(change.was)}`;
  const what = [where, labels[change.what] ?? change.what].filter((part) => part !== '').join(' ');
  return `was ${show(change.was)}, now ${show(change.now)}: ${what}`;
}
