import type { Delegation, Directory } from './directory.ts';
import { renderUser } from './render-user.ts';

/** A delegation as `GET /api/delegations` shows it. */
export function renderDelegation(directory: Directory, delegation: Delegation) {
  const { id, delegatorId, delegateId, startsAt, endsAt, approvals } = delegation;
  return {
    id,
    'delegator-id': delegatorId,
    'delegate-id': delegateId,
    'start-date': startsAt,
    'end-date': endsAt,
    reason: 'PTO',
    'approval-delegate': approvals,
    'receiving-delegate': !approvals,
    'invoice-requester-delegate': false,
    'review-delegate': false,
    delegator: renderUser(directory, delegatorId),
    delegate: renderUser(directory, delegateId),
  };
}
