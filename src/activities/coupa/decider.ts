import { ConnectorError } from '../../connectors/http/errors.ts';
import type { Decision } from '../../contract/decision.ts';
import type { Person } from '../../contract/person.ts';
import { findActor } from './actor.ts';
import { candidatesOf, toApprover, toPerson } from './candidates.ts';
import { beside, withAccounts, type BesideQuestion } from './question.ts';

/**
 * Who made a decision that already stands in Coupa, for the record: the actor, as the row or the directory names them.
 * Nothing is read out of the note, which people may have edited. Whether they were entitled was asked before the
 * write; a delegation that has ended since changes nothing, so where nobody is found the actor's own id stands.
 */
export async function deciderOf(question: BesideQuestion, { actor }: Decision): Promise<Person> {
  const { row } = question;
  const onRow = findActor(candidatesOf(row).map(toApprover), actor);
  const found = onRow ?? (await findBeside(question, actor));
  if (found !== undefined) return { id: found.id, name: found.name, ...addressOf(found.address) };
  const { userId, address } = actor;
  const own = row.approver.kind === 'user' ? toPerson(row.approver.person) : undefined;
  // An address that is not the approver's is somebody else's; one that the row does not tell may be theirs.
  if (own !== undefined && userId === undefined && own.address === undefined) return own;
  return { id: userId ?? 0, name: `Coupa user ${userId ?? 'unknown'}`, ...addressOf(address) };
}

/** A decision that stands is told, even while Coupa does not say who is who. */
async function findBeside(question: BesideQuestion, actor: Decision['actor']): Promise<Person | undefined> {
  try {
    const candidates = candidatesOf(question.row, await beside(question));
    return findActor((await withAccounts(candidates, question)).map(toApprover), actor);
  } catch (error) {
    if (error instanceof ConnectorError) return undefined;
    throw error;
  }
}

function addressOf(address: string | undefined): { address?: string } {
  return address === undefined ? {} : { address };
}
