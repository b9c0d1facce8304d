import { remember } from './history.ts';
import type { Approval, Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';
import { advance } from './submit.ts';
import { tenantTime } from './tenant-time.ts';

export interface Decision {
  approvalId: number;
  action: 'approve' | 'reject';
  reason: string | null;
  /** Who Coupa records as `approved-by`. */
  byUserId: number;
}

export type Decided =
  | { done: true; approval: Approval; requisition: Requisition }
  | { done: false; unknown: true }
  | { done: false; unknown: false; message: string };

/**
 * Carries a decision out in one synchronous step, so that of two requests for one approval only one has an effect.
 * Coupa decides a pending approval only; that it must also be the current one of a pending document is what its
 * clients check before they ask, and the strict reading here.
 */
export function decide(store: CoupaStore, decision: Decision): Decided {
  const approval = store.approvals.get(decision.approvalId);
  const requisition = approval && store.requisitions.get(approval.requisitionId);
  if (approval === undefined || requisition === undefined) return { done: false, unknown: true };
  const message = refusal(approval, requisition);
  if (message !== null) return { done: false, unknown: false, message };

  const now = tenantTime(Date.now());
  approval.status = decision.action === 'approve' ? 'approved' : 'rejected';
  approval.approvalDate = now;
  approval.updatedAt = now;
  approval.note = decision.reason;
  approval.approvedById = decision.byUserId;
  approval.updatedById = decision.byUserId;
  requisition.updatedAt = now;
  remember(requisition, {
    event: approval.status,
    byUserId: decision.byUserId,
    approvalId: approval.id,
    note: decision.reason,
  });
  if (decision.action === 'approve') {
    advance(store, requisition);
  } else {
    sendBack(store, requisition, decision.reason);
  }
  return { done: true, approval, requisition };
}

function refusal(approval: Approval, requisition: Requisition): string | null {
  if (approval.status !== 'pending_approval') return 'Approval has already been approved or rejected';
  if (requisition.status !== 'pending_approval') return 'Document is not pending approval';
  if (requisition.currentApprovalId !== approval.id) return 'Approval is not the current approval';
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
