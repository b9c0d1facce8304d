import { requisitionTotal } from './amounts.ts';
import { renderUser } from './render-user.ts';
import { shownApproverId } from './render-approval.ts';
import type { Approval, Requisition } from './state.ts';
import type { Tenant } from './tenant.ts';

/** A requisition with its rows at a glance. */
export function overviewOf({ store, directory }: Tenant, requisition: Requisition) {
  return {
    id: requisition.id,
    title: requisition.title,
    status: requisition.status,
    total: requisitionTotal(requisition),
    currency: requisition.currency,
    requester: renderUser(directory, requisition.requesterId).fullname,
    approvals: store.approvalsOf(requisition.id).map((row) => ({
      id: row.id,
      status: row.status,
      approverId: shownApproverId(row),
      approvedById: row.approvedById,
      note: row.note,
    })),
    currentApprovalId: requisition.currentApprovalId,
  };
}

/** The rows of other documents at a glance. */
export function documentOverview(rows: Iterable<Approval>) {
  return [...rows].flatMap(({ id, status, document }) =>
    document === undefined ? [] : [{ approvalId: id, status, type: document.type, documentId: document.id }],
  );
}
