import { grouped, money } from '../../pages/amount-words.ts';
import type { Badge } from '../../pages/messages.tsx';
import { people } from '../../world/people.ts';
import { totalOf } from '../amounts.ts';
import type { PurchaseLine, PurchaseRequest } from '../state.ts';
import type { ConcurUser } from '../users.ts';

const tones: Readonly<Record<string, Badge['tone']>> = {
  Approved: 'good',
  'Sent Back To Employee': 'bad',
  'Approval Time Expired': 'bad',
  'Not Submitted': 'quiet',
};

/** A request's state in the words of Concur's own status, once it exists. */
export function stateBadge({ queueStatus, workflowStatus }: PurchaseRequest): Badge {
  if (queueStatus === 'PENDING_CREATION') return { label: 'Being created', tone: 'quiet' };
  if (queueStatus === 'CREATE_FAILED') return { label: 'Creation failed', tone: 'bad' };
  const label = workflowStatus ?? queueStatus;
  return { label, tone: tones[label] ?? 'waiting' };
}

/** A title longer than this is cut: it stands in the names of three buttons as well. */
const longestTitle = 160;
const longestComments = 600;

/** The text, cut with an ellipsis where it has more than so many characters. */
function clipped(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** How the page calls a request: its description, or what its first line asks for. */
export function titleOf({ body, lines }: PurchaseRequest): string {
  const { description } = body;
  if (typeof description === 'string' && description !== '') return clipped(description, longestTitle);
  return clipped(lines[0]?.description ?? 'Purchase request', longestTitle);
}

/** The comments on a request, whose beginning finds it again; null when there are none. */
export function commentsOf({ body: { comments } }: PurchaseRequest): string | null {
  return typeof comments === 'string' && comments !== '' ? clipped(comments, longestComments) : null;
}

/** How a request is called in a sentence: by its number, or by its id as long as it has none. */
export function nameOf({ id, number }: PurchaseRequest): string {
  return number === null ? `Purchase request ${id}` : `Purchase request No. ${number}`;
}

/** The name of whom a request is assigned to; an address or UUID where the world knows nobody. */
export function requesterOf({ requester }: PurchaseRequest, users: readonly ConcurUser[]): string {
  const address = users.find(({ uuid }) => uuid === requester)?.address;
  const person = people.find(({ email }) => email === address);
  return person === undefined ? (address ?? requester) : `${person.firstname} ${person.lastname}`;
}

/** The parts of a line in one row: `2 × 349.50`, `Monitor`, `of ACME / ACME-01`. */
export function lineWords({ quantity, unitPrice, description, ...vendor }: PurchaseLine) {
  return {
    amounts: `${grouped(quantity)} × ${grouped(unitPrice)}`,
    what: clipped(description, longestTitle),
    vendor: `of ${vendor.vendorCode} / ${vendor.vendorAddressCode}`,
  };
}

/** The total with its currency: `699.00 USD`. */
export function totalWords({ lines, currency }: PurchaseRequest): string {
  return money(totalOf(lines), currency);
}

/** An instant as people read it, in UTC; the page's script shows it in the reader's own time zone. */
export function instant(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
