import { askFurther, recordLookUp } from './cards.ts';
import { applyCarryFailure, applyResult, press, takeUp } from './decide.ts';
import type { ApprovalEvent, Command, Step } from './events.ts';
import { forgetUnreached, holderReached } from './holders.ts';
import { look } from './look.ts';
import { judgeSent, noteMode } from './sent-mode.ts';
import { applyFailure, applyObservation, applySendFailure } from './observe.ts';
import { unstuck, type ApprovalCore } from './state.ts';
import { tell } from './timeline.ts';

function observed(core: ApprovalCore, event: ApprovalEvent & { kind: 'observed' }, at: string): Step {
  const done: ApprovalCore = { ...core, looking: false };
  // While a decision waits or is carried out, what was seen may be our own write half way: its own read counts.
  if (core.queue.length > 0) return { core: { ...done, lookAgain: true }, commands: [] };
  // Overtaken: something happened while it looked, or a decision has seen newer facts.
  return core.lookAgain ? look(done) : applyObservation(done, event, at);
}

/** Time passed, and nothing is known to have changed: a look under way is look enough. */
function woken(rested: ApprovalCore, at: string): Step {
  const core: ApprovalCore = { ...rested, wakeAt: null };
  if (core.queue.length > 0 && !core.carrying) return takeUp(core, at);
  return core.looking ? { core, commands: [] } : look(core);
}

/** A card reached somebody: its approval is no longer one that nobody could be asked about (P7). */
function recovered(core: ApprovalCore, userId: number, at: string): ApprovalCore {
  const next: ApprovalCore = { ...core, rest: 'asked' };
  const freed: ApprovalCore = core.state === 'stuck' ? { ...unstuck(next), state: 'asked' } : next;
  return tell(freed, at, `A card reached Coupa user ${userId}`);
}

type Sent = ApprovalEvent & { kind: 'sent' };

/** A card went out for the first time, or once more as a reminder. */
function sent(core: ApprovalCore, { cardId, mode }: Sent, at: string): Step {
  const card = core.cards.find((each) => each.id === cardId);
  const counted = clocked(core, cardId, at);
  if (card === undefined || card.sent) return counted;
  const isRecovery = card.live && core.rest === 'stuck';
  const next = isRecovery ? recovered(counted.core, card.userId, at) : counted.core;
  // Nobody has got what went out in `shadow`: they hear of no end of it, whatever the mode is by then.
  if (mode === 'shadow') return { core: next, commands: counted.commands };
  const reached = holderReached(next, card.userId, at);
  return { core: reached.core, commands: [...counted.commands, ...reached.commands] };
}

/** Messages that had to wait for room go out after this step. */
function withFurther({ core, commands }: Step, at: string): Step {
  const { core: next, sends } = askFurther(core, at);
  return {
    core: next,
    commands: [...commands, ...sends.map((send): Command => ({ kind: 'send', ...send }))],
  };
}

/** A card went out: the first one starts the clock of the reminders, one sent again counts their round. */
function clocked(core: ApprovalCore, cardId: string, at: string): Step {
  const card = core.cards.find((each) => each.id === cardId);
  const cards = core.cards.map((each) => (each.id === cardId ? { ...each, sent: true } : each));
  const { roundAt, firstWaitMs, ...rest }: ApprovalCore = { ...core, cards, failures: 0 };
  const next: ApprovalCore = { ...core, cards, failures: 0 };
  if (card?.sent === true) {
    if (roundAt === undefined || core.clock === undefined) return { core: next, commands: [] };
    const clock = { ...core.clock, remindedAt: roundAt };
    // A look under way plans by the clock as it was before: it would remind once more.
    const lookAgain = core.lookAgain || core.looking;
    return { core: { ...rest, clock, reminders: core.reminders + 1, lookAgain }, commands: [] };
  }
  if (card?.live !== true || core.clock !== undefined) return { core: next, commands: [] };
  const started: ApprovalCore = { ...rest, clock: { askedAt: at } };
  // A decision, another card or an end may wait for a timer that runs; the look that it leads to plans the reminder.
  if (core.wakeAt !== null) return { core: started, commands: [] };
  if (firstWaitMs === undefined) return look(started);
  return { core: started, commands: firstWaitMs === null ? [] : [{ kind: 'wake', afterMs: firstWaitMs }] };
}

/** One timer at a time, the last one wanted; one that is wanted again for the same moment goes on undisturbed. */
function keepTimer({ core, commands }: Step, at: string): Step {
  const isTimer = (command: Command) => command.kind === 'wake' || command.kind === 'sleep';
  const wanted = commands.findLast(isTimer);
  if (wanted === undefined) return { core, commands };
  const wakeAt = wanted.kind === 'wake' ? new Date(Date.parse(at) + wanted.afterMs).toISOString() : null;
  const others = commands.filter((command) => !isTimer(command));
  if (wakeAt === core.wakeAt) return { core, commands: others };
  return { core: { ...core, wakeAt }, commands: [wanted, ...others] };
}

/**
 * The whole logic of one approval: what was known, plus what happened, gives what is known and what to do.
 * Pure and synchronous; `at` is the time of the event (ISO 8601, UTC). It never throws, whatever the event.
 */
export function step(core: ApprovalCore, event: ApprovalEvent, at: string): Step {
  return keepTimer(apply(core, event, at), at);
}

function apply(core: ApprovalCore, event: ApprovalEvent, at: string): Step {
  if (event.kind === 'pressed') return press(core, event.decision, at);
  if (event.kind === 'sendCancelled' || event.kind === 'sent' || event.kind === 'sendFailed') {
    const rest: ApprovalCore = { ...core, sending: core.sending.filter((id) => id !== event.cardId) };
    const judged = event.kind === 'sent' ? judgeSent(core, event) : event;
    if (judged.kind === 'sent') return withFurther(sent(noteMode(rest, judged), judged, at), at);
    const known = forgetUnreached(rest);
    // Cut short by a decision that then was not carried out: the card is still owed.
    if (judged.kind === 'sendCancelled') {
      return known.state === 'asked' ? look(known) : { core: known, commands: [] };
    }
    return known.state === 'closed'
      ? { core: known, commands: [] }
      : withFurther(sendFailed(known, judged.problem.message, at), at);
  }
  if (event.kind === 'followFailed') {
    return { core: tell(core, at, `Telling people failed: ${event.problem.message}`), commands: [] };
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
      return lookFailed({ ...core, looking: false }, event.problem.message, at);
    case 'settled':
      return applyResult(core, event.result, at);
    case 'carryFailed':
      return applyCarryFailure(core, event.problem.message, at);
    case 'winding':
      return { core: { ...core, winding: true }, commands: [] };
  }
}

/** A failure while a decision is under way waits for it: the decision's own read comes next anyway. */
function lookFailed(core: ApprovalCore, reason: string, at: string): Step {
  return core.queue.length > 0
    ? { core: { ...core, lookAgain: true }, commands: [] }
    : applyFailure(core, reason, at);
}

function sendFailed(core: ApprovalCore, reason: string, at: string): Step {
  return core.queue.length > 0
    ? { core: { ...core, lookAgain: true }, commands: [] }
    : applySendFailure(core, reason, at);
}
