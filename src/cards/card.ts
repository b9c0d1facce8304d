import type { CardField } from '../contract/card-fields.ts';
import { diffFacts, type FactChange, type Facts } from '../contract/facts.ts';
import type { Sheet } from '../contract/observation.ts';
import { describeChange } from './changes.ts';
import type { CardContent, CardStyle } from './content.ts';
import { formatSpan } from './dates.ts';
import { clip, escapeWithin } from './escape.ts';
import { fieldLine } from './fields.ts';
import { greeting } from './greeting.ts';
import { linesOf } from './lines.ts';
import { onWhoseBehalf, whoElse } from './standing-words.ts';

/** Moveworks takes 20,000 characters; people read far fewer. */
export const cardLength = 3_000;

const changeLength = 220;
const changesShown = 5;
const aboutLength = 60;
/** The least that the list of lines gets while there is text left to shorten. */
const linesRoom = 400;
/** Steps in which long texts are shortened until a card fits; at the least one every card does. */
const scales = [1, 0.5] as const;
const leastScale = 0.25;

function changedBlock({ facts }: Sheet, previous: Facts, { cardFields, locale }: CardStyle): string[] {
  const changes = diffFacts(previous, facts);
  const more = changes.length - changesShown;
  const describe = (change: FactChange): string => {
    const text = describeChange(change, facts.currency, locale);
    // A line's number alone says little on a card that does not list the lines.
    const about = cardFields.includes('lines') ? null : descriptionOf(change, facts);
    return about === null ? text : `${text} (${clip(about, aboutLength)})`;
  };
  return [
    '<b>Changed since you were asked. The earlier card no longer counts.</b>',
    ...changes.slice(0, changesShown).map((change) => `- ${escapeWithin(describe(change), changeLength)}`),
    ...(more > 0 ? [`- +${more} more`] : []),
  ];
}

/** What the line of a change is about, where the change does not say so itself. */
function descriptionOf({ what, line }: FactChange, facts: Facts): string | null {
  const told = ['description', 'line added', 'line removed', 'further lines'];
  if (line === undefined || told.includes(what)) return null;
  return facts.lines[line - 1]?.description ?? null;
}

function headOf({ sheet, to, others, previous, reminder }: CardContent, style: CardStyle): string[] {
  const rights = [...onWhoseBehalf(to), ...whoElse(others)];
  return [
    greeting(to),
    '',
    ...(rights.length === 0 ? [] : [...rights, '']),
    ...(reminder === undefined
      ? []
      : [`<b>Reminder: this has waited for your decision for ${formatSpan(reminder.waitedMs)}.</b>`, '']),
    ...(previous === undefined ? [] : [...changedBlock(sheet, previous, style), '']),
    '<b>Purchase requisition pending your approval</b>',
  ];
}

/** How long lines are together, each with its line break. */
function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** The fields with their lines; those of `lines` are filled in last, when the room that is left is known. */
function shownFields(content: CardContent, style: CardStyle, room: number) {
  const fields: CardField[] = [...new Set(style.cardFields)];
  const withLines = fields.includes('lines') && content.sheet.facts.lines.length > 0;
  const wanted = withLines ? linesRoom : 0;
  const shortenedTo = (scale: number) => {
    const shown = fields.map((field) => (field === 'lines' ? null : fieldLine(field, content, style, scale)));
    return { shown, left: room - lengthOf(shown.flatMap((lines) => lines ?? [])), withLines };
  };
  for (const scale of scales) {
    const fit = shortenedTo(scale);
    if (fit.left >= wanted) return fit;
  }
  return shortenedTo(leastScale);
}

/**
 * The message that asks one approver to decide, in Moveworks' markup: `<b>`, `<i>`, line breaks, and one `<a>` to
 * Coupa where the configuration has it. Shows the configured fields in their order; one without a value is left out.
 * Everything from Coupa is escaped; never longer than `cardLength` characters.
 */
export function renderCard(content: CardContent, style: CardStyle): string {
  const head = headOf(content, style);
  const { shown, left, withLines } = shownFields(content, style, cardLength - lengthOf(head));
  const body = shown.flatMap((lines) => {
    if (lines !== null) return lines;
    return withLines ? [linesOf(content.sheet.facts, style.locale, left - 1)] : [];
  });
  return [...head, ...body].join('\n');
}
