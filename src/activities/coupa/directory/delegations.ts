import type { CoupaDelegation, CoupaUser } from '../../../connectors/coupa/types.ts';

/** The delegations that can give a right to decide, by who delegated. */
export type Delegations = ReadonlyMap<number, readonly CoupaDelegation[]>;

/** Sorts a tenant's delegations by delegator; only those of approvals count. */
export function byDelegator(all: readonly CoupaDelegation[]): Delegations {
  const found = new Map<number, CoupaDelegation[]>();
  for (const each of all) {
    if (!each.approvals || each.delegate.id === each.delegatorId) continue;
    const before = found.get(each.delegatorId);
    if (before === undefined) found.set(each.delegatorId, [each]);
    else before.push(each);
  }
  return found;
}

/** To whom is delegated at `now`. Several at once are allowed in Coupa; each person is named once. */
export function inForce(delegations: readonly CoupaDelegation[] = [], now: Date): CoupaUser[] {
  const atMs = now.getTime();
  const people = new Map<number, CoupaUser>();
  for (const { delegate, startsAt, endsAt } of delegations) {
    const hasEnded = endsAt !== null && Date.parse(endsAt) <= atMs;
    if (Date.parse(startsAt) <= atMs && !hasEnded) people.set(delegate.id, delegate);
  }
  return [...people.values()];
}

/** Ids of those to whom is delegated at `now`, by the id of who delegated; nobody else is in it. */
export function allInForce(delegations: Delegations, now: Date): ReadonlyMap<number, readonly number[]> {
  const found = [...delegations].map(
    ([id, each]) => [id, inForce(each, now).map((user) => user.id)] as const,
  );
  return new Map(found.filter(([, delegates]) => delegates.length > 0));
}
