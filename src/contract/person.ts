/** Somebody in Coupa. `address` is the work address, which is also the Moveworks recipient. */
export interface Person {
  readonly id: number;
  readonly name: string;
  readonly address?: string;
}

/**
 * Somebody who may decide an approval now. `as` says by which right where the row is not their own: `of` is the name
 * of the approver who delegated to them, or of the group that they are a member of.
 */
export interface Approver extends Person {
  readonly as?: { readonly kind: 'delegate' | 'member'; readonly of: string };
}

/** Whether somebody who is known by id, by address or by both may be this person. */
export function isActor(person: Person, actor: { userId?: number; address?: string }): boolean {
  if (actor.userId !== undefined) return actor.userId === person.id;
  const { address } = actor;
  return address !== undefined && person.address !== undefined && sameAddress(address, person.address);
}

/** Addresses are compared without case and surrounding blanks: Coupa documents no rule of its own. */
export function sameAddress(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
