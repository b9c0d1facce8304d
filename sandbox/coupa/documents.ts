import type { Approval } from './state.ts';
import type { CoupaStore } from './store.ts';
import { tenantTime } from './tenant-time.ts';

/** The type of requisitions; rows name it beside the document's id, because ids of different types overlap. */
export const REQUISITION_TYPE = 'RequisitionHeader';

const FIRST_ID = 5001;

/** The type and id of the document that a row belongs to. */
export function documentOf(row: Approval): { type: string; id: number } {
  return row.document ?? { type: REQUISITION_TYPE, id: row.requisitionId };
}

/**
 * Adds documents of another type than requisitions: of each only its pending row exists here. Their ids begin where
 * those of requisitions do.
 */
export function addDocuments(
  store: CoupaStore,
  { type, count, approverId }: { type: string; count: number; approverId: number },
): Approval[] {
  const now = tenantTime(Date.now());
  const last = [...store.approvals.values()]
    .filter((row) => row.document?.type === type)
    .reduce((highest, row) => Math.max(highest, row.document?.id ?? 0), FIRST_ID - 1);
  const rows = Array.from({ length: count }, (_, index): Approval => {
    return {
      id: store.takeId('approval'),
      requisitionId: 0,
      document: { type, id: last + 1 + index },
      type: 'ManagementHierarchyApproval',
      position: 1,
      status: 'pending_approval',
      approverId,
      group: null,
      createdById: 101,
      updatedById: 101,
      approvedById: null,
      approvalDate: null,
      note: null,
      createdAt: now,
      updatedAt: now,
    };
  });
  for (const row of rows) store.addApproval(row);
  store.changed();
  return rows;
}
