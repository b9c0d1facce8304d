import { diffFacts, type Facts } from '../contract/facts.ts';
import type { Sheet } from '../contract/observation.ts';
import type { Person } from '../contract/person.ts';
import { describeChange } from './changes.ts';
import { escapeWithin } from './escape.ts';
import { linesOf } from './lines.ts';
import { formatMoment } from './dates.ts';
import { formatMoney } from './money.ts';

/** How amounts and dates are written. */
export interface CardStyle {
  readonly locale: string;
  readonly timeZone: string;
}

export interface CardContent {
  readonly sheet: Sheet;
  readonly to: Person;
  /** Facts of the card before this one, when they differ: the message then says what changed (P4). */
  readonly previous?: Facts;
}

/** Moveworks takes 20,000 characters; people read far fewer. */
export const cardLength = 3_000;

const textLength = 300;
const nameLength = 60;
const changeLength = 220;
const changesShown = 5;

function field(label: string, value: string | null): string[] {
  return value === null || value.trim() === ''
    ? []
    : [`- <i>${label}</i>: ${escapeWithin(value, textLength)}`];
}

function changedBlock(sheet: Sheet, previous: Facts, locale: string): string[] {
  const changes = diffFacts(previous, sheet.facts);
  const more = changes.length - changesShown;
  return [
    '<b>Changed since you were asked. The earlier card no longer counts.</b>',
    ...changes
      .slice(0, changesShown)
      .map(
        (change) => `- ${escapeWithin(describeChange(change, sheet.facts.currency, locale), changeLength)}`,
      ),
    ...(more > 0 ? [`- +${more} more`] : []),
  ];
}

/**
 * The message that asks one approver to decide, in Moveworks' markup: `<b>`, `<i>` and line breaks only.
 * Everything from Coupa is escaped; never longer than `cardLength` characters.
 */
export function renderCard({ sheet, to, previous }: CardContent, style: CardStyle): string {
  const { facts } = sheet;
  const head = [
    `Hi ${escapeWithin(to.name.split(' ')[0] ?? to.name, nameLength)},`,
    '',
    ...(previous === undefined ? [] : [...changedBlock(sheet, previous, style.locale), '']),
    '<b>Purchase requisition pending your approval</b>',
    ...field('Name', sheet.title),
    ...field('Created by', sheet.requester?.name ?? sheet.createdBy?.name ?? null),
    ...field('Amount', formatMoney(facts.total, facts.currency, style.locale)),
    ...field('Submitted', formatMoment(sheet.submittedAt, style.locale, style.timeZone)),
    ...field('Justification', sheet.justification),
    `- <i>Requisition ID</i>: ${sheet.requisitionId}`,
  ].join('\n');
  const room = cardLength - head.length - 1;
  return `${head}\n${linesOf(facts, style.locale, room)}`;
}
