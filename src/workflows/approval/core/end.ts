import { answerAfterEnd, type Answer, type Decision, type Outcome } from '../../../contract/decision.ts';
import type { Ending } from '../../../contract/after.ts';
import { isActor, type Person } from '../../../contract/person.ts';
import { retireCards } from './cards.ts';
import type { Command, Step } from './events.ts';
import { unstuck, type ApprovalCore } from './state.ts';
import { tell } from './timeline.ts';

/** Answers beyond the newest are forgotten; their callers heard them long ago or gave up. */
const answerLimit = 50;

/** The answer to a decision, if it has one. The ids are callers' words: none of them may be an object's own name. */
export function answerTo(core: ApprovalCore, decisionId: string): Answer | undefined {
  return Object.hasOwn(core.answers, decisionId) ? core.answers[decisionId] : undefined;
}

export function answer(core: ApprovalCore, decision: Decision, given: Answer): ApprovalCore {
  const entries = [...Object.entries(core.answers), [decision.decisionId, given] as const];
  return { ...core, answers: Object.fromEntries(entries.slice(-answerLimit)) };
}

/** What a decision is told by an approval that has ended. */
export function answerEnded(core: ApprovalCore, decision: Decision, outcome: Outcome): Answer {
  return answerAfterEnd(decision, {
    outcome,
    ...(core.standing === undefined ? {} : { standing: core.standing }),
    ...(core.coupaStatus === undefined ? {} : { coupaStatus: core.coupaStatus }),
  });
}

/** The API waits this long for the answer to a press; one that comes later nobody hears. */
const callerWaitsMs = 10_000;

/** Whether whoever pressed is still there to hear the answer. */
export function hearsAnswer({ receivedAt }: Decision, at: string): boolean {
  return Date.parse(at) - Date.parse(receivedAt) < callerWaitsMs;
}

/** Who holds a card that asks, and learns of the end neither from the decision nor from the answer to a press. */
function holdersOf(core: ApprovalCore, at: string): readonly Person[] {
  const asking = core.cards.filter((card) => card.kind === 'message' && card.live && card.sent);
  const hears = (person: Person) =>
    person.id === core.standing?.userId ||
    core.queue.some((decision) => hearsAnswer(decision, at) && isActor(person, decision.actor));
  return [...new Set(asking.map(({ userId }) => userId))].flatMap((userId) => {
    const person = core.approvers.find(({ id }) => id === userId);
    return person === undefined || hears(person) ? [] : [person];
  });
}

/**
 * Ends the approval: every decision that still waits is recorded and answered (P2), holders of cards are told, and
 * the next approval, which may have waited behind this one, hears of its turn.
 */
export function end(core: ApprovalCore, outcome: Outcome, at: string, text: string, reason?: string): Step {
  const holders = holdersOf(core, at);
  const ending: Ending = {
    outcome,
    ...(core.coupaStatus === undefined ? {} : { coupaStatus: core.coupaStatus }),
    ...(core.standing === undefined ? {} : { standing: core.standing }),
  };
  const nothingNext = outcome === 'withdrawn' || outcome === 'superseded';
  const follow: Command = { kind: 'follow', ending, ...(reason === undefined ? {} : { reason }), holders };
  return {
    core: closed(core, outcome, at, text),
    commands: nothingNext && holders.length === 0 ? [] : [follow],
  };
}

function closed(core: ApprovalCore, outcome: Outcome, at: string, text: string): ApprovalCore {
  let next: ApprovalCore = unstuck(retireCards({ ...core, state: 'closed', outcome }, null));
  next = tell(next, at, text);
  for (const decision of core.queue) {
    if (answerTo(next, decision.decisionId) === undefined) {
      next = answer(next, decision, answerEnded(next, decision, outcome));
    }
  }
  return { ...next, queue: [], carrying: false };
}
