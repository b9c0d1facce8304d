import type { Facts, LineFacts } from '../contract/facts.ts';
import { clip, escapeWithin } from './escape.ts';
import { formatDecimal, formatMoney } from './money.ts';

const descriptionLength = 160;
const lineLength = 600;

function lineText(line: LineFacts, number: number, currency: string | null, locale: string): string {
  const quantity = line.quantity === null ? '' : `${formatDecimal(line.quantity, locale)} × `;
  const price = line.unitPrice === null ? '' : formatMoney(line.unitPrice, currency, locale);
  const parts = [
    line.description === null ? 'no description' : clip(line.description, descriptionLength),
    `${quantity}${price}`,
    line.total === null ? '' : formatMoney(line.total, currency, locale),
    line.supplier === null ? '' : clip(line.supplier, descriptionLength),
  ].filter((part) => part !== '');
  return `- ${number}. ${escapeWithin(parts.join(' | '), lineLength)}`;
}

/** The lines of a requisition, as many as fit into `room` characters, then "+N more lines". */
export function linesOf(facts: Facts, locale: string, room: number): string {
  const reserve = '- +10000 more lines'.length;
  const shown = ['<b>Lines</b>'];
  let used = '<b>Lines</b>'.length;
  const count = facts.lines.length + (facts.further?.count ?? 0);
  for (const [index, line] of facts.lines.entries()) {
    const text = lineText(line, index + 1, facts.currency, locale);
    const isLast = index === count - 1;
    if (used + 1 + text.length + (isLast ? 0 : reserve + 1) > room) break;
    shown.push(text);
    used += 1 + text.length;
  }
  const more = count - (shown.length - 1);
  return [...shown, ...(more > 0 ? [`- +${more} more lines`] : [])].join('\n');
}
