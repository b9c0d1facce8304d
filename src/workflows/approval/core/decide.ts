import type { Answer, Decision } from '../../../contract/decision.ts';
import { diffFacts, type FactChange } from '../../../contract/facts.ts';
import type { CarryOutResult, Observation } from '../../../contract/observation.ts';
import { answer, answerEnded, end } from './end.ts';
import type { Command, Step } from './events.ts';
import { applyObservation } from './observe.ts';
import { decisionRetryMs } from './retry.ts';
import { unstuck, type ApprovalCore } from './state.ts';
import { tell } from './timeline.ts';

/** What changed since the facts of `hash` were shown; empty when they are no longer remembered. */
function changesSince(core: ApprovalCore, hash: string | undefined): readonly FactChange[] {
  const shown = core.shown.find((entry) => entry.hash === hash) ?? core.shown[0];
  return shown === undefined || core.sheet === null ? [] : diffFacts(shown.facts, core.sheet.facts);
}

/** The facts a decision rests on, or the answer that it cannot rest on any (P4, P6). */
function factsOf(core: ApprovalCore, decision: Decision): { factsHash: string } | { answer: Answer } {
  if (decision.card !== undefined) {
    const card = core.cards.find((each) => each.id === decision.card);
    if (card === undefined) return { answer: { kind: 'changed', changes: [] } };
    if (card.userId !== decision.actor.userId) return { answer: { kind: 'notEntitled' } };
    return { factsHash: card.factsHash };
  }
  // A bare id names no card: it is taken only if there is no doubt which facts its sender saw.
  const [only, ...others] = new Set(core.cards.map((card) => card.factsHash));
  if (only === undefined || others.length > 0) {
    return { answer: { kind: 'changed', changes: changesSince(core, only) } };
  }
  return { factsHash: only };
}

/** Takes the next decision up at once (P11), answering those that rest on nothing. */
export function takeUp(core: ApprovalCore, at: string): Step {
  const [head, ...later] = core.queue;
  if (core.carrying || core.state === 'closed') return { core, commands: [] };
  if (head === undefined) return backToRest(core);
  const found = factsOf(core, head);
  if ('answer' in found) {
    const answered = tell(answer(core, head, found.answer), at, `Decision not taken: ${found.answer.kind}`);
    return takeUp({ ...answered, queue: later }, at);
  }
  return {
    core: { ...core, carrying: true, state: 'deciding' },
    commands: [{ kind: 'cancelSends' }, { kind: 'carryOut', decision: head, factsHash: found.factsHash }],
  };
}

/**
 * No decision is left: rest where it was. Look again if something asked for it meanwhile, if a card was cut
 * short, or if the rest is one that goes on by looking.
 */
function backToRest(core: ApprovalCore): Step {
  if (core.state !== 'deciding') return { core, commands: [] };
  const rested: ApprovalCore = { ...core, state: core.rest, decisionFailures: 0 };
  const unsent = rested.cards.some((card) => card.live && !card.sent);
  const looks = rested.lookAgain || unsent || rested.rest === 'stuck' || rested.rest === 'waiting';
  if (rested.looking || !looks) return { core: rested, commands: [] };
  return { core: { ...rested, looking: true, lookAgain: false }, commands: [{ kind: 'look' }] };
}

export function press(core: ApprovalCore, decision: Decision, at: string): Step {
  const known =
    core.answers[decision.decisionId] !== undefined ||
    core.queue.some((each) => each.decisionId === decision.decisionId);
  if (known) return { core, commands: [] };
  const who = decision.actor.userId === undefined ? 'an address' : `Coupa user ${decision.actor.userId}`;
  const told = tell(core, at, `Pressed: ${decision.action}, by ${who} (${decision.via})`);
  if (told.state === 'closed') {
    const outcome = told.outcome ?? 'superseded';
    return { core: answer(told, decision, answerEnded(told, decision, outcome)), commands: [] };
  }
  return takeUp({ ...told, queue: [...told.queue, decision] }, at);
}

/** What whoever pressed is told when Coupa no longer is what the card showed. */
function answerMoved(core: ApprovalCore, decision: Decision, seen: Observation, cardHash?: string): Answer {
  switch (seen.kind) {
    case 'gone':
    case 'replaced':
      return { kind: 'superseded' };
    case 'ended':
      return core.standing === undefined
        ? { kind: 'decided', coupaStatus: seen.status }
        : answerEnded(core, decision, 'decidedElsewhere');
    case 'notSubmitted':
      return { kind: 'withdrawn' };
    case 'notYet':
      return { kind: 'refused', words: ['Another approval of this requisition comes first now.'] };
    case 'actionable':
      return { kind: 'changed', changes: changesSince(core, cardHash) };
  }
}

/** What became of the decision at the head of the queue. */
export function applyResult(core: ApprovalCore, result: CarryOutResult, at: string): Step {
  const [head, ...later] = core.queue;
  if (head === undefined || !core.carrying) return { core, commands: [] };
  const freed: ApprovalCore = {
    ...unstuck(core),
    carrying: false,
    decisionFailures: 0,
    queue: later,
  };
  switch (result.kind) {
    case 'carriedOut': {
      const { standing } = result;
      const outcome = standing.action === 'approve' ? 'approved' : 'rejected';
      const answered = answer({ ...freed, standing }, head, { kind: 'carriedOut', standing });
      const commands: Command[] = [
        { kind: 'follow', standing, ...(head.reason === undefined ? {} : { reason: head.reason }) },
      ];
      return {
        core: end(answered, outcome, at, `Coupa holds it: ${outcome} by Coupa user ${standing.userId}`),
        commands,
      };
    }
    case 'notEntitled':
    case 'refused': {
      const given: Answer =
        result.kind === 'refused' ? { kind: 'refused', words: result.words } : { kind: 'notEntitled' };
      const text =
        result.kind === 'refused' ? 'Coupa refused the decision' : 'Not an approver: nothing written';
      return takeUp(tell(answer(freed, head, given), at, text), at);
    }
    case 'moved': {
      const told = tell(freed, at, 'Nothing written: Coupa is no longer what the card showed');
      const rested: ApprovalCore = { ...told, state: told.rest, lookAgain: false };
      const hash = core.cards.find((card) => card.id === head.card)?.factsHash;
      const seen = applyObservation(rested, result.observation, at);
      const answered = answer(seen.core, head, answerMoved(seen.core, head, result.observation, hash));
      const next = takeUp(answered, at);
      return { core: next.core, commands: [...seen.commands, ...next.commands] };
    }
  }
}

/** Coupa could not be asked: the decision stays at the head and is tried again; it is never dropped (P3, P11). */
export function applyCarryFailure(core: ApprovalCore, reason: string, at: string): Step {
  if (!core.carrying) return { core, commands: [] };
  const decisionFailures = core.decisionFailures + 1;
  const next = tell(
    { ...core, carrying: false, decisionFailures, stuckReason: reason },
    at,
    `The decision waits: ${reason}`,
  );
  return { core: next, commands: [{ kind: 'wake', afterMs: decisionRetryMs(decisionFailures) }] };
}
