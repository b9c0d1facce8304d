import { addRow, advance, currentRows, startChain } from './chain.ts';
import { remember } from './history.ts';
import type { Approval, Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';
import { tenantTime } from './tenant-time.ts';

/*
 * What Coupa's approval chains do without anybody's decision. Each function says why it was not possible, or null
 * when it was done.
 */

/**
 * Escalates a row to another user. In place its approver changes and its dates stay; with `newRow` it ends as
 * `escalated` and another row takes its turn. Which of the two a tenant does is not documented.
 */
export function escalate(
  store: CoupaStore,
  row: Approval,
  { toUserId, newRow }: { toUserId: number; newRow: boolean },
): string | null {
  const requisition = turnOf(store, row);
  if (requisition === null) return notItsTurn;
  if (newRow) {
    const { type, position, parallelGroup } = row;
    const parallel = parallelGroup === undefined ? {} : { parallelGroup };
    addRow(store, requisition, { approverId: toUserId, group: null, type, position, ...parallel });
    row.status = 'escalated';
    row.updatedAt = tenantTime(Date.now());
    advance(store, requisition);
  } else {
    row.approverId = toUserId;
    row.group = null;
  }
  remember(requisition, { event: 'escalated', byUserId: null, approvalId: row.id });
  store.changed();
  return null;
}

/** Skips a row, as chains do over a repeated approver; the chain goes on. The name of the status is assumed. */
export function skip(store: CoupaStore, row: Approval): string | null {
  const requisition = turnOf(store, row);
  if (requisition === null) return notItsTurn;
  row.status = 'skipped';
  row.updatedAt = tenantTime(Date.now());
  remember(requisition, { event: 'skipped', byUserId: null, approvalId: row.id });
  advance(store, requisition);
  return null;
}

/** Builds the chain anew from its beginning, as Coupa does when approvals are restarted: every row has a new id. */
export function restart(store: CoupaStore, requisition: Requisition): string | null {
  if (requisition.status !== 'pending_approval') return 'it is not pending approval';
  remember(requisition, { event: 'restarted', byUserId: null });
  startChain(store, requisition);
  return null;
}

const notItsTurn = 'it is not the turn of this approval';

function turnOf(store: CoupaStore, row: Approval): Requisition | null {
  const requisition = store.requisitions.get(row.requisitionId);
  return requisition !== undefined && currentRows(store, requisition).includes(row) ? requisition : null;
}
