import type { CoupaUser } from '../../connectors/coupa/types.ts';
import { sameAddress } from '../../contract/person.ts';
import type { Candidate } from './candidates.ts';
import type { Directory } from './directory/directory.ts';
import type { Asking } from './directory/remembered.ts';

/** A candidate with the address that is known of them, and whether they may be asked and may decide. */
export interface Verified extends Candidate {
  /** `shared`: another active user has the same address, so that a message may have reached the wrong one (P6). */
  readonly state: 'good' | 'inactive' | 'shared';
}

/**
 * Whether this person's account is active and their address theirs alone: one request at the most where the answer is
 * not known and Coupa's list names them under the address that the row shows. Where users cannot be read the row
 * counts, and `peers`: the others who have a right to it.
 */
export async function verify(
  candidate: Candidate,
  peers: readonly Candidate[],
  directory: Directory,
  reading?: Asking,
): Promise<Verified> {
  const { user } = candidate;
  if (user.active === false) return { ...candidate, state: 'inactive' };
  let holders = user.email === undefined ? undefined : await directory.holdersOf(user.email, reading);
  const listed =
    holders?.find(({ id }) => id === user.id) ?? (await directory.users([user.id], reading)).get(user.id);
  if (listed?.active === false) return { ...candidate, state: 'inactive' };
  if (user.email === undefined && listed?.email !== undefined) {
    holders = await directory.holdersOf(listed.email, reading);
  }
  const known = withAddress(candidate, listed);
  const others = holders ?? peers.map((peer) => peer.user);
  return { ...known, state: isShared(known.user, others) ? 'shared' : 'good' };
}

/** The row's own data counts first: it was read a moment ago. A bare id gets its name from the list of users. */
export function withAddress(candidate: Candidate, listed: CoupaUser | undefined): Candidate {
  if (listed === undefined || candidate.user.email !== undefined) return candidate;
  return { ...candidate, user: { ...candidate.user, ...listed } };
}

function isShared({ id, email }: CoupaUser, others: readonly CoupaUser[]): boolean {
  if (email === undefined) return false;
  return others.some(
    (other) =>
      other.id !== id &&
      other.active !== false &&
      other.email !== undefined &&
      sameAddress(other.email, email),
  );
}
