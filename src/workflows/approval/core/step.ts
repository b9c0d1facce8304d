import { recordLookUp } from './cards.ts';
import { applyCarryFailure, applyResult, press, takeUp } from './decide.ts';
import type { ApprovalEvent, Step } from './events.ts';
import { applyFailure, applyObservation } from './observe.ts';
import type { ApprovalCore } from './state.ts';
import { tell } from './timeline.ts';

/** Looks at Coupa, unless a look is under way or a decision is: those end in a look of their own. */
function look(core: ApprovalCore): Step {
  if (core.looking || core.winding || core.queue.length > 0)
    return { core: { ...core, lookAgain: true }, commands: [] };
  return { core: { ...core, looking: true, lookAgain: false }, commands: [{ kind: 'look' }] };
}

function observed(core: ApprovalCore, event: ApprovalEvent & { kind: 'observed' }, at: string): Step {
  const done: ApprovalCore = { ...core, looking: false };
  // While a decision waits or is carried out, what was seen may be our own write half way: its own read counts.
  if (core.queue.length > 0) return { core: { ...done, lookAgain: true }, commands: [] };
  // Overtaken: something happened while it looked, or a decision has seen newer facts.
  return core.lookAgain ? look(done) : applyObservation(done, event.observation, at);
}

/** Time passed, and nothing is known to have changed: a look under way is look enough. */
function woken(core: ApprovalCore, at: string): Step {
  if (core.queue.length > 0 && !core.carrying) return takeUp(core, at);
  return core.looking ? { core, commands: [] } : look(core);
}

/**
 * The whole logic of one approval: what was known, plus what happened, gives what is known and what to do.
 * Pure and synchronous; `at` is the time of the event (ISO 8601, UTC). It never throws, whatever the event.
 */
export function step(core: ApprovalCore, event: ApprovalEvent, at: string): Step {
  if (event.kind === 'pressed') return press(core, event.decision, at);
  if (event.kind === 'sendCancelled' || event.kind === 'sent' || event.kind === 'sendFailed') {
    const rest: ApprovalCore = { ...core, sending: core.sending.filter((id) => id !== event.cardId) };
    // Cut short by a decision that then was not carried out: the card is still owed.
    if (event.kind === 'sendCancelled') {
      return rest.state === 'asked' ? look(rest) : { core: rest, commands: [] };
    }
    if (event.kind === 'sendFailed') {
      return rest.state === 'closed' ? { core: rest, commands: [] } : failed(rest, event.problem.message, at);
    }
    const cards = rest.cards.map((card) => (card.id === event.cardId ? { ...card, sent: true } : card));
    return { core: { ...rest, cards, failures: 0 }, commands: [] };
  }
  if (event.kind === 'followFailed') {
    return { core: tell(core, at, `What follows a decision failed: ${event.problem.message}`), commands: [] };
  }
  if (core.state === 'closed') return { core, commands: [] };
  switch (event.kind) {
    case 'lookedUp':
      return { core: recordLookUp(core, event.lookUp, at), commands: [] };
    case 'recheck':
      return look(core);
    case 'woken':
      return woken(core, at);
    case 'observed':
      return observed(core, event, at);
    case 'lookFailed':
      return failed({ ...core, looking: false }, event.problem.message, at);
    case 'settled':
      return applyResult(core, event.result, at);
    case 'carryFailed':
      return applyCarryFailure(core, event.problem.message, at);
    case 'winding':
      return { core: { ...core, winding: true }, commands: [] };
  }
}

/** A failure while a decision is under way waits for it: the decision's own read comes next anyway. */
function failed(core: ApprovalCore, reason: string, at: string): Step {
  return core.queue.length > 0
    ? { core: { ...core, lookAgain: true }, commands: [] }
    : applyFailure(core, reason, at);
}
