import type { Actor } from '../../contract/decision.ts';
import { sameAddress, type Person } from '../../contract/person.ts';

/** Which of these people the actor is proven to be (P6); with both an id and an address, both must be one person's. */
export function findActor<Known extends Person>(people: readonly Known[], actor: Actor): Known | undefined {
  if (actor.userId === undefined && actor.address === undefined) return undefined;
  return people.find(
    (person) =>
      (actor.userId === undefined || actor.userId === person.id) &&
      (actor.address === undefined ||
        (person.address !== undefined && sameAddress(person.address, actor.address))),
  );
}
