import type { PurchaseRequestNews, TellPurchaseRequesterInput } from '../contract/concur-work.ts';
import type {
  PurchaseOrder,
  PurchaseRequestException,
  RequestProblem,
} from '../contract/purchase-request.ts';
import { escapeWithin } from './escape.ts';
import { formatMoney } from './money.ts';

const titleLength = 200;
const shortLength = 100;
const entryLength = 250;
/** A notice has room for so many entries of a list; the rest are counted. */
const entriesShown = 8;

/** What happened, and what follows from it. */
function whatHappened(news: PurchaseRequestNews, orders: number): [heading: string, follows: string] {
  switch (news) {
    case 'created':
      return [
        'Your purchase request was created in SAP Concur',
        'You will hear when it is ordered, or when it comes back to you.',
      ];
    case 'sentBack':
      return [
        'Your purchase request was sent back to you in SAP Concur',
        'Look at it there, and submit it again when it is right.',
      ];
    case 'expired':
      return [
        'The time to approve your purchase request has run out in SAP Concur',
        'It does not go on until somebody takes it up again there.',
      ];
    case 'failed':
      return [
        'Your purchase request was not created in SAP Concur',
        'Nothing was ordered: it has to be set right and asked for anew.',
      ];
    case 'ordered':
      return [
        `Your purchase request has become ${orders > 1 ? `${orders} purchase orders` : 'a purchase order'}`,
        '',
      ];
  }
}

function field(label: string, value: string | undefined, length: number): string[] {
  const text = escapeWithin(value ?? '', length);
  return text === '' ? [] : [`- <i>${label}</i>: ${text}`];
}

function listed(heading: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(0, entriesShown).map((entry) => `- ${escapeWithin(entry, entryLength)}`);
  const more = entries.length - shown.length;
  return [`<b>${heading}</b>`, ...shown, ...(more > 0 ? [`- +${more} more`] : [])];
}

function orderText({ number, vendorCode }: PurchaseOrder): string {
  return vendorCode === undefined ? number : `${number} (vendor ${vendorCode})`;
}

function problemText({ line, field: name, path, code, message }: RequestProblem): string {
  const where = line === undefined ? [name ?? path] : [`line ${line}`, name];
  const place = where.filter((part) => part !== undefined).join(', ');
  const what = message.trim() === '' ? code : message;
  return place === '' ? what : `${place}: ${what}`;
}

/** Those that Concur has not cleared, by their text; they need not block. */
function remarks(exceptions: readonly PurchaseRequestException[]): string[] {
  return exceptions
    .filter(({ cleared }) => cleared !== true)
    .map(({ message, code }) => message ?? code ?? '')
    .filter((text) => text !== '');
}

/**
 * What whoever wanted a purchase request is told of it, in at most some 3,000 characters of Moveworks' HTML. Asks
 * nothing; everything from vendors and from people is escaped.
 */
export function renderPurchaseRequestNotice(
  input: Omit<TellPurchaseRequesterInput, 'to'>,
  locale: string,
): string {
  const { news, summary, requisitionId, status, orders, problems } = input;
  const [heading, follows] = whatHappened(news, orders.length);
  const amount =
    summary.total === undefined
      ? undefined
      : `${formatMoney(summary.total, summary.currency ?? null, locale)} (without tax and shipping)`;
  return [
    `<b>${heading}</b>`,
    ...field('Name', summary.description, titleLength),
    ...field('Amount', amount, shortLength),
    ...field('Purchase request', status?.number, shortLength),
    ...field('Status', news === 'created' ? status?.workflowStatus : undefined, shortLength),
    ...field('Requisition ID', requisitionId?.toString(), shortLength),
    ...(news === 'ordered' ? listed('Purchase orders', orders.map(orderText)) : []),
    ...(news === 'failed' ? listed('What is wrong', problems.map(problemText)) : []),
    ...(news === 'created' || news === 'sentBack'
      ? listed('What SAP Concur notes', remarks(status?.exceptions ?? []))
      : []),
    ...(follows === '' ? [] : ['', follows]),
  ].join('\n');
}
