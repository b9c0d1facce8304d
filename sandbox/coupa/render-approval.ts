import { documentOf } from './documents.ts';
import { renderApprover, renderGroup, renderUser } from './render-user.ts';
import type { Approval } from './state.ts';
import type { Tenant } from './tenant.ts';

/** An approval as Coupa shows it; `approved-by` is present only once it is decided. */
export function renderApproval(tenant: Tenant, row: Approval) {
  const { directory } = tenant;
  const document = documentOf(row);
  return {
    id: row.id,
    'created-at': row.createdAt,
    'updated-at': shownUpdatedAt(tenant, row),
    position: row.position,
    'approval-chain-id': row.type === 'ApprovalChainApproval' ? 813 : null,
    status: row.status,
    'approval-date': row.approvalDate,
    note: row.note,
    type: row.type,
    'approvable-type': document.type,
    'approvable-id': document.id,
    'approver-type': row.group === null ? 'User' : 'ApprovalGroup',
    'approver-id': shownApproverId(row),
    'delegate-id': row.delegateId ?? null,
    holdable: true,
    'parallel-group-name': row.parallelGroup ?? null,
    approver:
      row.group === null
        ? renderApprover(directory, row.approverId)
        : renderGroup(directory, directory.group(row.group.id)),
    delegate: typeof row.delegateId === 'number' ? renderUser(directory, row.delegateId) : null,
    delegates: (row.delegates ?? []).map((userId) => renderApprover(directory, userId)),
    reasons: [],
    'created-by': renderUser(directory, row.createdById),
    'updated-by': renderUser(directory, row.updatedById),
    ...(row.approvedById === null ? {} : { 'approved-by': renderUser(directory, row.approvedById) }),
  };
}

/** The id under which `approver-id` names the approver: the group's when there is one. */
export function shownApproverId(row: Approval): number {
  return row.group?.id ?? row.approverId;
}

/** The row's `updated-at` as this tenant shows it: on some it is always null. */
export function shownUpdatedAt({ settings }: Pick<Tenant, 'settings'>, row: Approval): string | null {
  return settings.updatedAtNull ? null : row.updatedAt;
}
