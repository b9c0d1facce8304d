import type { Ending } from '../../../contract/after.ts';
import type { Card } from '../../../contract/approval.ts';
import type { Actor } from '../../../contract/decision.ts';
import { isActor, type Person } from '../../../contract/person.ts';
import type { Command, Step } from './events.ts';
import { hearsAnswer } from './hears-answer.ts';
import type { ApprovalCore, Holder } from './state.ts';
import { tell, userWords } from './timeline.ts';

function hasCard(core: ApprovalCore, { person }: Holder, is: (card: Card) => boolean): boolean {
  return core.cards.some((card) => card.kind === 'message' && card.userId === person.id && is(card));
}

/** Whether what they hold, or will be sent, still asks them. */
function keepsRight(core: ApprovalCore, holder: Holder): boolean {
  const isApprover = core.approvers.some(({ id }) => id === holder.person.id);
  return isApprover || hasCard(core, holder, ({ live }) => live);
}

function isUnderWay(core: ApprovalCore, holder: Holder): boolean {
  return hasCard(core, holder, ({ id, sent }) => !sent && core.sending.includes(id));
}

/** Who hears by the answer to a press that the card asks nothing any more. */
function hears(core: ApprovalCore, { person, heard }: Holder, at: string): boolean {
  const waits = core.queue.some((each) => hearsAnswer(each, at) && isActor(person, each.actor));
  return heard === true || waits;
}

/** What is told to these people, under a name of its own (each telling is a workflow). */
export function follow(
  core: ApprovalCore,
  ending: Ending,
  holders: readonly Person[],
): { readonly core: ApprovalCore; readonly command: Command & { kind: 'follow' } } {
  const tellings = core.tellings + 1;
  const cause = ending.standing?.decisionId ?? core.seed;
  const isFirst = ending.outcome !== 'passedOn' && core.state !== 'closed';
  return {
    core: { ...core, tellings },
    command: {
      kind: 'follow',
      cause: isFirst ? cause : `${core.seed}-${tellings}`,
      ending,
      holders,
      ...(core.state === 'closed' ? { holdersOnly: true } : {}),
    },
  };
}

function passOn(core: ApprovalCore, lost: readonly Holder[], at: string): Step {
  if (lost.length === 0) return { core, commands: [] };
  const people = lost.map(({ person }) => person);
  const told = tell(core, at, `No longer waits for ${userWords(people.map(({ id }) => id))}: they are told`);
  const followed = follow(told, { outcome: 'passedOn' }, people);
  return { core: followed.core, commands: [followed.command] };
}

/** A card is on its way to somebody: should it come to ask nothing, they must hear. */
export function expectHolder(core: ApprovalCore, person: Person): ApprovalCore {
  const known = core.holders.some((each) => each.person.id === person.id);
  const renew = (each: Holder): Holder =>
    each.person.id === person.id ? { person, arrived: each.arrived } : each;
  const holders = known ? core.holders.map(renew) : [...core.holders, { person, arrived: false }];
  return { ...core, holders };
}

/** A card arrived. Where it asks nothing by then, its holder hears at once. */
export function holderReached(core: ApprovalCore, userId: number, at: string): Step {
  const known = core.holders.find(({ person }) => person.id === userId);
  if (known === undefined) return { core, commands: [] };
  const holder: Holder = { person: known.person, arrived: true };
  const withHolder = (...now: readonly Holder[]): ApprovalCore => {
    return { ...core, holders: core.holders.flatMap((each) => (each === known ? now : [each])) };
  };
  // Another card may follow this one.
  const told = isUnderWay(core, holder) ? withHolder({ ...holder, arrived: false }) : withHolder();
  if (core.state === 'closed') {
    if (core.standing?.userId === userId) return { core: told, commands: [] };
    const followed = follow(told, endingOf(core), [holder.person]);
    return { core: followed.core, commands: [followed.command] };
  }
  return keepsRight(core, holder) ? { core: withHolder(holder), commands: [] } : passOn(told, [holder], at);
}

/** Nothing came of a card: whoever holds no other has nothing to hear of. */
export function forgetUnreached(core: ApprovalCore): ApprovalCore {
  const owed = (each: Holder) => hasCard(core, each, ({ live }) => live) || isUnderWay(core, each);
  return { ...core, holders: core.holders.filter((each) => each.arrived || owed(each)) };
}

/**
 * After a look: whoever holds a card and may no longer decide is told, once; the approval goes on without them.
 * Those whose card is still on its way hear when it arrives.
 */
export function releaseHolders(core: ApprovalCore, at: string): Step {
  const lost = core.holders.filter((each) => each.arrived && !keepsRight(core, each));
  const holders = core.holders.flatMap((each): readonly Holder[] => {
    // An address may have changed, or be gone: nobody is written to at one that was theirs.
    const person = core.approvers.find(({ id }) => id === each.person.id) ?? each.person;
    if (keepsRight(core, each)) return [{ person, arrived: each.arrived }];
    return isUnderWay(core, each) ? [{ person, arrived: false }] : [];
  });
  const unaware = lost.filter((each) => !hears(core, each, at));
  return passOn({ ...core, holders }, unaware, at);
}

/** Whoever pressed hears from the answer how things stand: they are told of it by no notice. */
export function markHeard(core: ApprovalCore, actor: Actor): ApprovalCore {
  const mark = (each: Holder): Holder => (isActor(each.person, actor) ? { ...each, heard: true } : each);
  return { ...core, holders: core.holders.map(mark) };
}

export function endingOf({ outcome, coupaStatus, standing }: ApprovalCore): Ending {
  return {
    outcome: outcome ?? 'superseded',
    ...(coupaStatus === undefined ? {} : { coupaStatus }),
    ...(standing === undefined ? {} : { standing }),
  };
}

/** Who learns of the end neither from the decision nor from the answer to a press; of the rest nobody waits. */
export function takeHolders(
  core: ApprovalCore,
  at: string,
): { readonly core: ApprovalCore; readonly holders: readonly Person[] } {
  const told = core.holders.filter(
    (each) => each.arrived && each.person.id !== core.standing?.userId && !hears(core, each, at),
  );
  const underWay = core.holders.filter((each) => isUnderWay(core, each));
  return {
    core: { ...core, holders: underWay.map(({ person }) => ({ person, arrived: false })) },
    holders: told.map(({ person }) => person),
  };
}
