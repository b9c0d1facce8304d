import type { CardField } from '../contract/card-fields.ts';
import type { LineFacts } from '../contract/facts.ts';
import type { CardContent, CardStyle } from './content.ts';
import { formatDay, formatMoment } from './dates.ts';
import { escapeText, escapeWithin } from './escape.ts';
import { formatMoney } from './money.ts';
import { quantityOf } from './quantity.ts';
import { statusInWords } from './status-words.ts';

/** A field of one line: its label, its value unescaped, and how long the value may become. */
interface TextField {
  readonly label: string;
  readonly maxLength: number;
  /** Prose may be cut shorter where room is short; an amount, an id or a date may not. */
  readonly prose?: true;
  readonly value: (content: CardContent, style: CardStyle) => string | null;
}

const proseLength = 300;
const listLength = 200;
const nameLength = 80;
const shortLength = 50;
/** An address cannot be shortened: a longer one is left out. */
const linkLength = 300;

/** Labels after the card of the public Moveworks guide for Coupa approvals. */
const textFields: Readonly<Record<Exclude<CardField, 'lines' | 'link'>, TextField>> = {
  name: { label: 'Name', maxLength: proseLength, prose: true, value: ({ sheet }) => sheet.title },
  quantity: {
    label: 'Quantity',
    maxLength: nameLength,
    value: ({ sheet }, { locale }) => quantityOf(sheet.facts, locale),
  },
  'created-by': {
    label: 'Created by',
    maxLength: nameLength,
    value: ({ sheet }) => sheet.requester?.name ?? sheet.createdBy?.name ?? null,
  },
  amount: {
    label: 'Amount',
    maxLength: nameLength,
    value: ({ sheet: { facts } }, { locale }) => formatMoney(facts.total, facts.currency, locale),
  },
  'last-comment': { label: 'Last Comment', maxLength: proseLength, prose: true, value: commentText },
  'approval-status': {
    label: 'Approval Status',
    maxLength: shortLength,
    value: ({ sheet }) => statusInWords(sheet.status),
  },
  'requisition-id': {
    label: 'Requisition ID',
    maxLength: shortLength,
    value: ({ sheet }) => String(sheet.requisitionId),
  },
  'submit-date': {
    label: 'Submitted',
    maxLength: shortLength,
    value: ({ sheet }, { locale, timeZone }) => formatMoment(sheet.submittedAt, locale, timeZone),
  },
  justification: {
    label: 'Justification',
    maxLength: proseLength,
    prose: true,
    value: ({ sheet }) => sheet.justification,
  },
  'need-by-date': {
    label: 'Need by',
    maxLength: shortLength,
    value: ({ sheet }, { locale }) => formatDay(sheet.needByDate, locale),
  },
  'current-approver': { label: 'Current Approver', maxLength: nameLength, value: ({ to }) => to.name },
  supplier: { label: 'Supplier', maxLength: listLength, prose: true, value: suppliersOf },
  'cost-centre': {
    label: 'Cost Centre',
    maxLength: listLength,
    prose: true,
    value: ({ sheet }) => sheet.costCentre,
  },
};

/**
 * The line of one field, escaped; nothing for a field without a value. `scale` (0 to 1) shortens prose where a
 * card would grow too long. Not for `lines`, which takes what room is left.
 */
export function fieldLine(
  field: Exclude<CardField, 'lines'>,
  content: CardContent,
  style: CardStyle,
  scale: number,
): string[] {
  if (field === 'link') return linkLine(content, style);
  const { label, maxLength, prose, value } = textFields[field];
  const text = escapeWithin(value(content, style) ?? '', Math.floor(maxLength * (prose ? scale : 1)));
  return text === '' ? [] : [`- <i>${label}</i>: ${text}`];
}

/** The address of a requisition in Coupa's own pages is `/requisition_headers/<id>`, as seen in public integrations. */
function linkLine({ sheet }: CardContent, { coupaBaseUrl }: CardStyle): string[] {
  const address = escapeText(`${coupaBaseUrl}/requisition_headers/${sheet.requisitionId}`);
  return address.length > linkLength ? [] : [`- <a href="${address}">Open in Coupa</a>`];
}

function commentText({ lastComment }: CardContent): string | null {
  if (lastComment === undefined || lastComment.text.trim() === '') return null;
  const { author, text } = lastComment;
  return author === null ? text : `${author}: ${text}`;
}

function suppliersOf({ sheet: { facts } }: CardContent): string {
  const named = ({ supplier }: LineFacts) => supplier?.trim() ?? '';
  const suppliers = [...new Set(facts.lines.map(named))].filter((name) => name !== '');
  const known = suppliers.join(', ');
  return facts.further === undefined || known === ''
    ? known
    : `${known} (of the first ${facts.lines.length} lines)`;
}
