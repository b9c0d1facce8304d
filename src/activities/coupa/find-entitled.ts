import type { Actor } from '../../contract/decision.ts';
import { sameAddress, type Approver } from '../../contract/person.ts';
import { findActor } from './actor.ts';
import { barredFrom, candidatesOf, toApprover, type Candidate } from './candidates.ts';
import { beside, withAccounts, type Question } from './question.ts';
import { verify } from './verify.ts';

/**
 * The approver whom the actor is proven to be, if they may decide the row now (P4, P6). Whoever the row itself names
 * is found without reading delegations, so that a decision by its own approver does not depend on them.
 */
export async function findEntitled(question: Question, actor: Actor): Promise<Approver | undefined> {
  const { row, requisition, policy, directory, reading } = question;
  const barred = barredFrom(requisition, policy);
  if (barred === undefined) return undefined;
  let candidates = candidatesOf(row);
  let found = await named(candidates, actor, question);
  if (found === undefined) {
    candidates = candidatesOf(row, await beside(question));
    found = await named(candidates, actor, question);
  }
  if (found === undefined || barred.includes(found.user.id)) return undefined;
  const own = candidates.find(({ as }) => as === undefined);
  if (own !== undefined && own.user.id !== found.user.id) {
    // A right that its holder has lost cannot be used for them.
    const { state } = await verify(own, candidates, directory, reading);
    if (state === 'inactive') return undefined;
  }
  const verified = await verify(found, candidates, directory, reading);
  return verified.state === 'good' ? findActor([toApprover(verified)], actor) : undefined;
}

async function named(
  candidates: readonly Candidate[],
  { userId, address }: Actor,
  question: Question,
): Promise<Candidate | undefined> {
  if (userId !== undefined) return candidates.find(({ user }) => user.id === userId);
  if (address === undefined) return undefined;
  const has = ({ user }: Candidate) => user.email !== undefined && sameAddress(user.email, address);
  const silent = candidates.filter(({ user }) => user.email === undefined);
  return candidates.find(has) ?? (await withAccounts(silent, question)).find(has);
}
