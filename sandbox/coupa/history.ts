import type { HistoryEntry, Requisition } from './state.ts';
import { tenantTime } from './tenant-time.ts';

/** The newest entries that a requisition keeps, so that no state file grows without end. */
export const MOST_HISTORY = 50;

/** Adds what has just happened to a requisition to its history; above the bound the oldest entry goes. */
export function remember(
  requisition: Requisition,
  happened: Pick<HistoryEntry, 'event' | 'byUserId'> & Partial<Pick<HistoryEntry, 'approvalId' | 'note'>>,
): void {
  const entry = { at: tenantTime(Date.now()), approvalId: null, note: null, ...happened };
  requisition.history = [...requisition.history, entry].slice(-MOST_HISTORY);
}
