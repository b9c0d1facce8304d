import type { Facts, LineFacts } from '../contract/facts.ts';
import { clip, escapeText } from './escape.ts';
import { formatMoney } from './money.ts';

const descriptionLength = 160;

function lineText(line: LineFacts, number: number, currency: string | null, locale: string): string {
  const quantity = line.quantity === null ? '' : `${line.quantity} × `;
  const price = line.unitPrice === null ? '' : formatMoney(line.unitPrice, currency, locale);
  const parts = [
    line.description === null ? 'no description' : clip(line.description, descriptionLength),
    `${quantity}${price}`,
    line.total === null ? '' : formatMoney(line.total, currency, locale),
    line.supplier === null ? '' : clip(line.supplier, descriptionLength),
  ].filter((part) => part !== '');
  return `- ${number}. ${escapeText(parts.join(' | '))}`;
}

/** The lines of a requisition, as many as fit into `room` characters, then "+N more lines". */
export function linesOf(facts: Facts, locale: string, room: number): string {
  const reserve = '- +10000 more lines'.length;
  const shown = ['<b>Lines</b>'];
  let used = '<b>Lines</b>'.length;
  for (const [index, line] of facts.lines.entries()) {
    const text = lineText(line, index + 1, facts.currency, locale);
    const isLast = index === facts.lines.length - 1;
    if (used + 1 + text.length + (isLast ? 0 : reserve + 1) > room) {
      shown.push(`- +${facts.lines.length - index} more lines`);
      break;
    }
    shown.push(text);
    used += 1 + text.length;
  }
  return shown.join('\n');
}
