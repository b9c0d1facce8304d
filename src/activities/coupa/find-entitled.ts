import type { Actor } from '../../contract/decision.ts';
import { sameAddress, type Approver } from '../../contract/person.ts';
import { findActor } from './actor.ts';
import { barredFrom, candidatesOf, isBarred, toApprover, type Candidate } from './candidates.ts';
import { beside, withAccounts, type Question } from './question.ts';
import { verify } from './verify.ts';

/**
 * How old what is remembered of people may be where it says no, in milliseconds: another process may have learned
 * something newer and have asked them.
 */
const refusalMaxAgeMs = 10_000;

/**
 * The approver whom the actor is proven to be, if they may decide the row now (P4, P6). Whoever the row itself names
 * is found without reading delegations, so that a decision by its own approver does not depend on them. Nobody is
 * turned away by what was remembered alone.
 */
export async function findEntitled(question: Question, actor: Actor): Promise<Approver | undefined> {
  const { row, requisition, policy, reading } = question;
  const barred = barredFrom(requisition, policy);
  const { userId } = actor;
  if (barred === undefined || (userId !== undefined && barred.ids.includes(userId))) return undefined;

  const among = async (asked: Question, candidates: readonly Candidate[]): Promise<Approver | undefined> => {
    for (const found of await named(candidates, actor, asked)) {
      const approver = await provenBy(actor, found, candidates, asked);
      if (approver !== undefined && !isBarred(barred, approver)) return approver;
    }
    return undefined;
  };
  const onRow = candidatesOf(row);
  const anywhere = async (asked: Question): Promise<Approver | undefined> => {
    const found = await among(asked, onRow);
    // Nothing beside the row says more of somebody whom it names.
    if (found !== undefined || onRow.some(({ user }) => user.id === userId)) return found;
    return among(asked, candidatesOf(row, await beside(asked)));
  };

  const fresh = { ...question, reading: { ...reading, maxAgeMs: refusalMaxAgeMs } };
  return (await anywhere(question)) ?? (await anywhere(fresh));
}

/** The candidate as an approver, if their account and address are good and both are the actor's. */
async function provenBy(
  actor: Actor,
  found: Candidate,
  candidates: readonly Candidate[],
  { directory, reading }: Question,
): Promise<Approver | undefined> {
  const own = candidates.find(({ as }) => as === undefined);
  if (own !== undefined && own.user.id !== found.user.id) {
    // A right that its holder has lost cannot be used for them.
    const { state } = await verify(own, candidates, directory, reading);
    if (state === 'inactive') return undefined;
  }
  const verified = await verify(found, candidates, directory, reading);
  return verified.state === 'good' ? findActor([toApprover(verified)], actor) : undefined;
}

/** Whom an id or an address names; an address perhaps several, such as an old account and a new one. */
async function named(
  candidates: readonly Candidate[],
  { userId, address }: Actor,
  question: Question,
): Promise<readonly Candidate[]> {
  if (userId !== undefined) return candidates.filter(({ user }) => user.id === userId);
  if (address === undefined) return [];
  const has = ({ user }: Candidate) => user.email !== undefined && sameAddress(user.email, address);
  const known = candidates.filter(has);
  if (known.length > 0) return known;
  const silent = candidates.filter(({ user }) => user.email === undefined);
  return (await withAccounts(silent, question)).filter(has);
}
