import { currentRows } from './chain.ts';
import type { Approval, Requisition } from './state.ts';
import type { Tenant } from './tenant.ts';

const NAME = 'current_approver_association[email]';

/**
 * Takes `current_approver_association[email]=` out of the filters and applies it: the requisitions whose turn is
 * somebody's with this address. Undefined when the request does not filter by it.
 * Assumed: each row of a parallel step counts, and of a group each member; delegates do not.
 */
export function byCurrentApprover(tenant: Tenant, params: URLSearchParams): Requisition[] | undefined {
  const name = [...params.keys()].find((key) => key.replaceAll('-', '_') === NAME);
  const email = name === undefined ? undefined : params.get(name)?.toLowerCase();
  if (name === undefined || email === undefined) return undefined;
  params.delete(name);
  const { store, directory } = tenant;
  const isAsked = (row: Approval) =>
    (row.group === null ? [row.approverId] : directory.group(row.group.id).userIds).some(
      (userId) => directory.person(userId)?.email.toLowerCase() === email,
    );
  return [...store.requisitions.values()].filter((requisition) =>
    currentRows(store, requisition).some(isAsked),
  );
}
