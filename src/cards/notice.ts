import type { StandingDecision } from '../contract/decision.ts';
import type { Sheet } from '../contract/observation.ts';
import { escapeWithin } from './escape.ts';
import { formatMoney } from './money.ts';

const reasonLength = 1_000;

/** What the requester is told about the end of one approval. Asks nothing. */
export function renderOutcome(
  { sheet, standing, reason }: { sheet: Sheet; standing: StandingDecision; reason?: string },
  locale: string,
): string {
  const title = escapeWithin(sheet.title ?? `requisition ${sheet.requisitionId}`, 200);
  const amount = escapeWithin(formatMoney(sheet.facts.total, sheet.facts.currency, locale), 100);
  const who = escapeWithin(standing.name, 100);
  const verb = standing.action === 'approve' ? 'approved' : 'sent back';
  return [
    `<b>${who} ${verb} your purchase requisition</b>`,
    `- <i>Name</i>: ${title}`,
    `- <i>Amount</i>: ${amount}`,
    `- <i>Requisition ID</i>: ${sheet.requisitionId}`,
    ...(reason === undefined || reason === ''
      ? []
      : [`- <i>Reason</i>: ${escapeWithin(reason, reasonLength)}`]),
  ].join('\n');
}
