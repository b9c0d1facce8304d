import { apiUserId } from '../world/people.ts';
import { renderUser } from './render-user.ts';
import type { Approval, ApprovalGroup } from './state.ts';

const GROUP_CREATED_AT = '2025-01-06T09:00:00-08:00';

/** An approval as Coupa shows it; `approved-by` is present only once it is decided. */
export function renderApproval(row: Approval) {
  return {
    id: row.id,
    'created-at': row.createdAt,
    'updated-at': row.updatedAt,
    position: row.position,
    'approval-chain-id': row.group === null ? null : 813,
    status: row.status,
    'approval-date': row.approvalDate,
    note: row.note,
    type: row.type,
    'approvable-type': 'RequisitionHeader',
    'approvable-id': row.requisitionId,
    'approver-type': row.group === null ? 'User' : 'ApprovalGroup',
    'approver-id': shownApproverId(row),
    'delegate-id': null,
    holdable: true,
    'parallel-group-name': null,
    approver: row.group === null ? renderUser(row.approverId) : renderGroup(row.group),
    delegate: null,
    delegates: [],
    reasons: [],
    'created-by': renderUser(row.createdById),
    'updated-by': renderUser(row.updatedById),
    ...(row.approvedById === null ? {} : { 'approved-by': renderUser(row.approvedById) }),
  };
}

/** The id under which `approver-id` names the approver: the group's when there is one. */
export function shownApproverId(row: Approval): number {
  return row.group?.id ?? row.approverId;
}

function renderGroup(group: ApprovalGroup) {
  return {
    id: group.id,
    'created-at': GROUP_CREATED_AT,
    'updated-at': GROUP_CREATED_AT,
    name: group.name,
    active: true,
    users: group.userIds.map(renderUser),
    'created-by': renderUser(apiUserId),
    'updated-by': renderUser(apiUserId),
  };
}
