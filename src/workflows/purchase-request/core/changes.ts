import type { PurchaseRequestNews } from '../../../contract/concur-work.ts';
import type { PurchaseRequestStatus } from '../../../contract/purchase-request.ts';

/** Concur's statuses are display texts: compared without regard to case, kept as they come. */
const lower = (status: string | undefined): string => (status ?? '').trim().toLowerCase();

/** Statuses whose entering the requester hears of, as Concur's page of the API names them. */
const newsOf: ReadonlyMap<string, PurchaseRequestNews> = new Map([
  ['sent back to employee', 'sentBack'],
  ['approval time expired', 'expired'],
]);

/** What the requester hears of, because the request has just come into it. */
export function enteredNews(
  before: PurchaseRequestStatus | undefined,
  now: PurchaseRequestStatus,
): PurchaseRequestNews | undefined {
  const status = lower(now.workflowStatus);
  return lower(before?.workflowStatus) === status ? undefined : newsOf.get(status);
}

/** Concur has given up creating it. */
export function isCreateFailed({ queueStatus }: PurchaseRequestStatus): boolean {
  return lower(queueStatus) === 'create_failed';
}

/** It exists in Concur: the queue says so, or it has what only an existing one has. */
export function isCreated({ queueStatus, number, workflowStatus, orders }: PurchaseRequestStatus): boolean {
  const has = number !== undefined || workflowStatus !== undefined || orders.length > 0;
  return has || lower(queueStatus) === 'created';
}

/** Without regard to the order in which Concur lists them. */
function exceptionsText({ exceptions }: PurchaseRequestStatus): string {
  return exceptions
    .map(({ eventCode, code, message, cleared }) => JSON.stringify([eventCode, code, message, cleared]))
    .toSorted()
    .join();
}

/** What is new in a look, in words; empty where nothing is. */
export function changesOf(before: PurchaseRequestStatus | undefined, now: PurchaseRequestStatus): string[] {
  const lines: string[] = [];
  const isNew = (key: 'number' | 'queueStatus' | 'workflowStatus') => before?.[key] !== now[key];
  if (isNew('queueStatus')) lines.push(`Concur's queue says: ${now.queueStatus ?? 'nothing'}`);
  if (isNew('number')) lines.push(`Its number in Concur: ${now.number ?? 'none'}`);
  if (isNew('workflowStatus')) lines.push(`Its status in Concur: ${now.workflowStatus ?? 'none'}`);
  if (exceptionsText(now) !== (before === undefined ? '' : exceptionsText(before))) {
    const open = now.exceptions.filter(({ cleared }) => cleared !== true).length;
    lines.push(`Exceptions in Concur: ${now.exceptions.length}, of which ${open} not cleared`);
  }
  if (now.orders.toSorted().join() !== (before?.orders ?? []).toSorted().join()) {
    lines.push(`Purchase orders: ${now.orders.join(', ')}`);
  }
  return lines;
}
