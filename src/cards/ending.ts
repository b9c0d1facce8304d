import type { CardStyle } from './content.ts';
import type { Ending } from '../contract/after.ts';
import type { Sheet } from '../contract/observation.ts';
import type { Person } from '../contract/person.ts';
import { escapeWithin } from './escape.ts';
import { greeting } from './greeting.ts';
import { formatMoney } from './money.ts';
import { statusInWords } from './status-words.ts';

interface EndingContent {
  readonly to: Person;
  readonly sheet: Sheet;
  readonly ending: Ending;
  /** Why it was decided so; shown only beside a decision of somebody who is named. */
  readonly reason?: string;
}

const nameLength = 100;
const titleLength = 200;
const reasonLength = 1_000;

const newCard = 'If it needs you again, you will get a new card.';

/** What happened, and what follows from it for whoever holds a card. Escaped. */
function whatHappened({ outcome, coupaStatus, standing }: Ending): [heading: string, follows: string] {
  const nothing = 'There is nothing left for you to decide here.';
  if (standing !== undefined) {
    const verb = standing.action === 'approve' ? 'approved' : 'sent back';
    return [`${escapeWithin(standing.name, nameLength)} ${verb} this purchase requisition`, nothing];
  }
  if (outcome === 'withdrawn') {
    return ['This purchase requisition is no longer waiting for approval', nothing];
  }
  if (outcome === 'superseded') {
    return ['This purchase requisition was submitted anew or replaced', newCard];
  }
  if (outcome === 'passedOn') {
    return ['This purchase requisition is no longer waiting for your decision', newCard];
  }
  const status = coupaStatus ?? (outcome === 'decidedElsewhere' ? undefined : outcome);
  const inWords = status === undefined ? '' : `: ${escapeWithin(statusInWords(status), nameLength)}`;
  // Coupa's set of statuses is open: an approval that was escalated or skipped has ended, but nobody decided it.
  return status === undefined || status === 'approved' || status === 'rejected'
    ? [`This purchase requisition was decided in Coupa${inWords}`, nothing]
    : [`This approval of a purchase requisition has ended in Coupa${inWords}`, newCard];
}

/**
 * What somebody who holds a card is told when it asks nothing any more. Asks nothing; everything from Coupa and from
 * people is escaped.
 */
export function renderEnding(
  { to, sheet, ending, reason }: EndingContent,
  style: Pick<CardStyle, 'locale' | 'mode'>,
): string {
  const [heading, follows] = whatHappened(ending);
  const title = escapeWithin(sheet.title ?? '', titleLength);
  const amount = formatMoney(sheet.facts.total, sheet.facts.currency, style.locale);
  const why = ending.standing === undefined ? '' : escapeWithin(reason ?? '', reasonLength);
  return [
    greeting(to),
    '',
    `<b>${heading}</b>`,
    ...(title === '' ? [] : [`- <i>Name</i>: ${title}`]),
    `- <i>Amount</i>: ${escapeWithin(amount, nameLength)}`,
    `- <i>Requisition ID</i>: ${sheet.requisitionId}`,
    ...(why === '' ? [] : [`- <i>Reason</i>: ${why}`]),
    '',
    // Where decisions are off, no card has buttons.
    style.mode === 'decide'
      ? `${follows} The buttons of the card you got before no longer do anything.`
      : follows,
  ].join('\n');
}
