import type { Answer, Decision } from '../../../contract/decision.ts';
import { diffFacts, type FactChange } from '../../../contract/facts.ts';
import type { CarryOutResult, Observation } from '../../../contract/observation.ts';
import { isActor } from '../../../contract/person.ts';
import { answer, answerEnded, answerTo, end } from './end.ts';
import { toAsk } from './entitled.ts';
import type { Command, Step } from './events.ts';
import { hearsAnswer } from './hears-answer.ts';
import { markHeard } from './holders.ts';
import { look } from './look.ts';
import { applyObservation } from './observe.ts';
import { decisionRetryMs } from './retry.ts';
import { unstuck, type ApprovalCore } from './state.ts';
import { tell } from './timeline.ts';

/** Answers and queue travel from run to run, so both have their bounds. */
const changesTold = 10;
const queueLimit = 50;

/** What changed since the facts of `hash` were shown; empty when they are no longer remembered. */
function changesSince(core: ApprovalCore, hash: string | undefined): readonly FactChange[] {
  const shown = core.shown.find((entry) => entry.hash === hash) ?? core.shown[0];
  const changes = shown === undefined || core.sheet === null ? [] : diffFacts(shown.facts, core.sheet.facts);
  return changes.slice(0, changesTold);
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
  // Cards beyond the limit are forgotten, the facts they showed are not.
  const hashes = [...core.shown.map(({ hash }) => hash), ...core.cards.map((card) => card.factsHash)];
  const [only, ...others] = new Set(hashes);
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
  if (core.winding) {
    // The next run takes it up, and begins once nothing is on its way.
    const cancels: Command[] = core.sending.length > 0 ? [{ kind: 'cancelSends' }] : [];
    return { core: { ...core, state: 'deciding' }, commands: cancels };
  }
  // After a first try Coupa may hold it already: only another try can tell, whatever was shown since (P5).
  const found = core.headHash === null ? factsOf(core, head) : { factsHash: core.headHash };
  if ('answer' in found) {
    const answered = tell(answer(core, head, found.answer), at, `Decision not taken: ${found.answer.kind}`);
    return takeUp({ ...answered, queue: later }, at);
  }
  return {
    core: { ...core, carrying: true, state: 'deciding', headHash: found.factsHash },
    commands: [
      { kind: 'cancelSends' },
      { kind: 'carryOut', decision: head, factsHash: found.factsHash, again: core.headHash !== null },
    ],
  };
}

/** Somebody has not been sent the card that they are to hold. */
function isOwed(core: ApprovalCore): boolean {
  const live = core.cards.filter((card) => card.kind === 'message' && card.live);
  const waits = core.rest === 'asked' ? toAsk(core) : [];
  return live.some(({ sent }) => !sent) || waits.some(({ id }) => !live.some(({ userId }) => userId === id));
}

/**
 * No decision is left: rest where it was. Look again if something asked for it meanwhile, if a card or a reminder
 * was cut short, or if the rest is one that goes on by looking.
 */
function backToRest(core: ApprovalCore): Step {
  if (core.state !== 'deciding') return { core, commands: [] };
  const rested: ApprovalCore = { ...core, state: core.rest, decisionFailures: 0 };
  const unsent = isOwed(rested) || rested.roundAt !== undefined;
  const looks = rested.lookAgain || unsent || rested.rest === 'stuck' || rested.rest === 'waiting';
  // The next run begins with a look.
  return rested.looking || rested.winding || !looks ? { core: rested, commands: [] } : look(rested);
}

const changedNothing: ReadonlySet<Answer['kind']> = new Set<Answer['kind']>([
  'changed',
  'notEntitled',
  'refused',
]);
const tooMany = 'Too many decisions on this approval wait for Coupa; try again later.';

function unanswered(core: ApprovalCore, { decisionId }: Decision): ApprovalCore {
  const { [decisionId]: before, ...answers } = core.answers;
  return { ...core, answers };
}

/** A press of a button. The first valid one wins; a later one is recorded and answered with it (P2). */
export function press(core: ApprovalCore, decision: Decision, at: string): Step {
  const given = answerTo(core, decision.decisionId);
  // A repeat of a press that changed nothing is a new press: what stood in its way may be gone.
  const again = given !== undefined && core.state !== 'closed' && changedNothing.has(given.kind);
  const known = given !== undefined || core.queue.some((each) => each.decisionId === decision.decisionId);
  if (known && !again) return { core, commands: [] };
  const who = decision.actor.userId === undefined ? 'an address' : `Coupa user ${decision.actor.userId}`;
  const told = tell(core, at, `Pressed: ${decision.action}, by ${who} (${decision.via})`);
  if (told.state === 'closed') {
    const outcome = told.outcome ?? 'superseded';
    return { core: answer(told, decision, answerEnded(told, decision, outcome)), commands: [] };
  }
  if (told.queue.length >= queueLimit) {
    return { core: answer(told, decision, { kind: 'refused', words: [tooMany] }), commands: [] };
  }
  return takeUp({ ...unanswered(told, decision), queue: [...told.queue, decision] }, at);
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
    case 'actionable': {
      // Of a group that is too large to be carried whole, only the write's own check knows all members.
      const mayBe = seen.group !== undefined && seen.group.size > seen.approvers.length;
      return mayBe || seen.approvers.some((person) => isActor(person, decision.actor))
        ? { kind: 'changed', changes: changesSince(core, cardHash) }
        : { kind: 'notEntitled' };
    }
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
    headHash: null,
  };
  switch (result.kind) {
    case 'carriedOut': {
      const { standing } = result;
      const outcome = standing.action === 'approve' ? 'approved' : 'rejected';
      const known = markHeard({ ...freed, standing }, head.actor);
      const answered = answer(known, head, { kind: 'carriedOut', standing });
      const text = `Coupa holds it: ${outcome} by Coupa user ${standing.userId}`;
      return end(answered, outcome, at, text, head.reason);
    }
    case 'notEntitled':
    case 'refused': {
      const given: Answer =
        result.kind === 'refused' ? { kind: 'refused', words: result.words } : { kind: 'notEntitled' };
      const text =
        result.kind === 'refused' ? 'Coupa refused the decision' : 'Not an approver: nothing written';
      // Whoever may not decide held a card: who may, and who was asked, has to be looked at again.
      const isRefusedThem = result.kind === 'notEntitled';
      const heard = isRefusedThem && hearsAnswer(head, at) ? markHeard(freed, head.actor) : freed;
      const next = { ...heard, lookAgain: freed.lookAgain || isRefusedThem };
      return takeUp(tell(answer(next, head, given), at, text), at);
    }
    case 'moved': {
      const heard = hearsAnswer(head, at) ? markHeard(freed, head.actor) : freed;
      const told = tell(heard, at, 'Nothing written: Coupa is no longer what the card showed');
      // A look under way began before this one: what it brings is older. And this one comes without a plan, so that
      // where the time of a reminder came meanwhile, or a retry took its timer, a look is owed.
      const unplanned = core.clock !== undefined && core.wakeAt === null;
      const rested: ApprovalCore = { ...told, state: told.rest, lookAgain: core.looking || unplanned };
      const hash = core.cards.find((card) => card.id === head.card)?.factsHash;
      const seen = applyObservation(rested, result, at);
      const answered = answer(seen.core, head, answerMoved(seen.core, head, result.observation, hash));
      const taken = takeUp(answered, at);
      const owes = taken.core.state === 'asked' && taken.core.lookAgain;
      const next = owes ? look(taken.core) : { core: taken.core, commands: [] };
      return { core: next.core, commands: [...seen.commands, ...taken.commands, ...next.commands] };
    }
  }
}

/** Coupa could not be asked: the decision stays at the head and is tried again; it is never dropped (P3, P11). */
export function applyCarryFailure(core: ApprovalCore, reason: string, at: string): Step {
  if (!core.carrying) return { core, commands: [] };
  const decisionFailures = core.decisionFailures + 1;
  const next = tell(
    // The retry's timer takes the place of a look's, so a look is owed in the end.
    { ...core, carrying: false, decisionFailures, stuckReason: reason, lookAgain: true },
    at,
    `The decision waits: ${reason}`,
  );
  return { core: next, commands: [{ kind: 'wake', afterMs: decisionRetryMs(decisionFailures) }] };
}
