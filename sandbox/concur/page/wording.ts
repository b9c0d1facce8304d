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

/** How the page calls a request: its description, or what its first line asks for. */
export function titleOf({ body, lines }: PurchaseRequest): string {
  const { description } = body;
  if (typeof description === 'string' && description !== '') return description;
  return lines[0]?.description ?? 'Purchase request';
}

/** The name of whom a request is assigned to; an address or UUID where the world knows nobody. */
export function requesterOf({ requester }: PurchaseRequest, users: readonly ConcurUser[]): string {
  const address = users.find(({ uuid }) => uuid === requester)?.address;
  const person = people.find(({ email }) => email === address);
  return person === undefined ? (address ?? requester) : `${person.firstname} ${person.lastname}`;
}

/** A line in one row: `2 × 349.50 Monitor, of ACME / ACME-01`. */
export function lineWords({ quantity, unitPrice, description, ...vendor }: PurchaseLine): string {
  const { vendorCode, vendorAddressCode } = vendor;
  return `${grouped(quantity)} × ${grouped(unitPrice)} ${description}, of ${vendorCode} / ${vendorAddressCode}`;
}

/** The total with its currency: `699.00 USD`. */
export function totalWords({ lines, currency }: PurchaseRequest): string {
  return money(totalOf(lines), currency);
}

/** An instant as people read it, in UTC; the page's script shows it in the reader's own time zone. */
export function instant(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
