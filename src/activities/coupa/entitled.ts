import type { CoupaApprover, CoupaPerson, CoupaRequisition } from '../../connectors/coupa/types.ts';
import type { Actor } from '../../contract/decision.ts';
import type { Unreachable } from '../../contract/observation.ts';
import { sameAddress, type Approver, type Person } from '../../contract/person.ts';

export function toPerson(person: CoupaPerson): Person {
  return {
    id: person.id,
    name: person.fullname,
    ...(person.email === undefined ? {} : { address: person.email }),
  };
}

/** Who may decide this row now, and why nobody can be asked if nobody can. */
export interface Entitled {
  readonly approvers: readonly Approver[];
  readonly unreachable?: Unreachable;
}

/**
 * The row's approver, never its requester or creator unless `allowSelfApproval`.
 * A row of another kind than a user's has nobody that can be asked: it is reported, not dropped (P7).
 */
export function entitledTo(
  approver: CoupaApprover,
  requisition: CoupaRequisition,
  policy: { readonly allowSelfApproval: boolean },
): Entitled {
  if (approver.kind === 'group') return { approvers: [], unreachable: 'nobody of the group may decide it' };
  if (approver.kind === 'unknown') return { approvers: [], unreachable: 'approver is of an unknown kind' };
  const person = toPerson(approver.person);
  if (approver.active === false) return { approvers: [], unreachable: 'approver is inactive' };
  if (!policy.allowSelfApproval) {
    const own = [requisition.requestedBy?.id, requisition.createdBy?.id].filter((id) => id !== undefined);
    // Never fail open: whoever approves must be seen to be somebody else.
    if (own.length === 0) return { approvers: [], unreachable: 'requester and creator are unknown' };
    if (own.includes(person.id))
      return { approvers: [], unreachable: 'approver is the requester or creator' };
  }
  return person.address === undefined
    ? { approvers: [person], unreachable: 'approver has no address' }
    : { approvers: [person] };
}

/** The approver whom the actor is proven to be (P6); with both an id and an address, both must be the same person. */
export function findActor(approvers: readonly Person[], actor: Actor): Person | undefined {
  if (actor.userId === undefined && actor.address === undefined) return undefined;
  return approvers.find(
    (person) =>
      (actor.userId === undefined || actor.userId === person.id) &&
      (actor.address === undefined ||
        (person.address !== undefined && sameAddress(person.address, actor.address))),
  );
}
