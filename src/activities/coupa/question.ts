import type { CoupaApproval, CoupaRequisition, CoupaUser } from '../../connectors/coupa/types.ts';
import { approversCarried } from '../../contract/observation.ts';
import type { Beside, Candidate } from './candidates.ts';
import type { Directory } from './directory/directory.ts';
import type { Asking } from './directory/remembered.ts';
import type { AskPolicy } from './policy.ts';
import { withAddress } from './verify.ts';

/** A row whose turn it is, and where to learn who may decide it. */
export interface Question extends BesideQuestion {
  readonly requisition: CoupaRequisition;
  readonly policy: AskPolicy;
}

/** A row, and where to learn what it does not say itself. */
export interface BesideQuestion {
  readonly row: CoupaApproval;
  readonly directory: Directory;
  readonly now: Date;
  readonly reading?: Asking;
}

/** What the row does not say itself: delegations in force, or the members of its group. */
export async function beside({
  row: { approver },
  directory,
  now,
  reading,
}: BesideQuestion): Promise<Beside> {
  if (approver.kind === 'user') {
    return { delegates: await directory.delegatesOf(approver.person.id, now, reading) };
  }
  if (approver.kind === 'unknown' || approver.members !== undefined) return {};
  const group = await directory.group(approver.id, reading);
  // Another name under the same number, or none, may be another kind of group, with strangers in it (P6).
  const isIt = group?.name?.trim() === approver.name.trim();
  return { members: isIt && group.active !== false ? group.members : [] };
}

/** Adds what the list of users says to candidates of whom the row says little. */
export async function withAccounts(
  candidates: readonly Candidate[],
  { directory, reading }: Pick<BesideQuestion, 'directory' | 'reading'>,
): Promise<Candidate[]> {
  const unclear = candidates
    .slice(0, approversCarried)
    .filter(({ user }) => user.active === undefined || user.email === undefined);
  const users = await directory.users(
    unclear.map(({ user }) => user.id),
    reading,
  );
  return candidates.map((candidate) => withAccount(candidate, users.get(candidate.user.id)));
}

function withAccount(candidate: Candidate, listed: CoupaUser | undefined): Candidate {
  const { as, user } = withAddress(candidate, listed);
  const active = candidate.user.active ?? listed?.active;
  return {
    user: { ...user, ...(active !== undefined && { active }) },
    ...(as !== undefined && { as }),
  };
}
