import { advance, currentRows } from './chain.ts';
import { remember } from './history.ts';
import type { Approval, Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';
import type { Tenant } from './tenant.ts';
import { tenantTime } from './tenant-time.ts';

export interface Decision {
  approvalId: number;
  action: 'approve' | 'reject';
  reason: string | null;
  /** Who Coupa records as `approved-by`. */
  byUserId: number;
}

export type Decided =
  /** No requisition: the row of another kind of document. */
  | { done: true; approval: Approval; requisition: Requisition | null }
  | { done: false; unknown: true }
  | { done: false; unknown: false; message: string };

/**
 * Carries a decision out in one synchronous step, so that of two requests for one approval only one has an effect.
 * Coupa decides a pending approval only; that it must also be the current one of a pending document is what its
 * clients check before they ask, and the strict reading here.
 */
export function decide({ store, settings }: Tenant, decision: Decision): Decided {
  const approval = store.approvals.get(decision.approvalId);
  const requisition = store.requisitions.get(approval?.requisitionId ?? 0);
  if (approval === undefined || (requisition === undefined && approval.document === undefined)) {
    return { done: false, unknown: true };
  }
  const message = refusal(store, approval, requisition);
  if (message !== null) return { done: false, unknown: false, message };

  const note = settings.dropNotes ? null : decision.reason;
  resolve(approval, { ...decision, reason: note });
  if (requisition === undefined) {
    store.changed();
    return { done: true, approval, requisition: null };
  }
  requisition.updatedAt = approval.updatedAt;
  remember(requisition, {
    event: decision.action === 'approve' ? 'approved' : 'rejected',
    byUserId: decision.byUserId,
    approvalId: approval.id,
    note,
  });
  if (decision.action === 'approve') {
    advance(store, requisition);
  } else {
    sendBack(store, requisition, decision.reason);
  }
  return { done: true, approval, requisition };
}

function resolve(approval: Approval, decision: Decision): void {
  const now = tenantTime(Date.now());
  approval.status = decision.action === 'approve' ? 'approved' : 'rejected';
  approval.approvalDate = now;
  approval.updatedAt = now;
  approval.note = decision.reason;
  approval.approvedById = decision.byUserId;
  approval.updatedById = decision.byUserId;
}

function refusal(store: CoupaStore, approval: Approval, requisition: Requisition | undefined): string | null {
  if (approval.status !== 'pending_approval') return 'Approval has already been approved or rejected';
  if (requisition === undefined) return null;
  if (requisition.status !== 'pending_approval') return 'Document is not pending approval';
  if (!currentRows(store, requisition).includes(approval)) return 'Approval is not the current approval';
  return null;
}

/** A requisition has no status "rejected": it goes back to draft and keeps the last reason. */
function sendBack(store: CoupaStore, requisition: Requisition, reason: string | null): void {
  store.dropPending(requisition.id);
  requisition.status = 'draft';
  requisition.rejectReason = reason;
  requisition.currentApprovalId = null;
  store.changed();
}
