import { answerAfterEnd, type Answer, type Decision, type Outcome } from '../../../contract/decision.ts';
import { retireCards } from './cards.ts';
import type { Step } from './events.ts';
import { endingOf, follow, takeHolders } from './holders.ts';
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

/**
 * Ends the approval: every decision that still waits is recorded and answered (P2), holders of cards are told, and
 * the next approval, which may have waited behind this one, hears of its turn.
 */
export function end(core: ApprovalCore, outcome: Outcome, at: string, text: string, reason?: string): Step {
  const { core: taken, holders } = takeHolders(core, at);
  const nothingNext = outcome === 'withdrawn' || outcome === 'superseded';
  if (nothingNext && holders.length === 0) return { core: closed(taken, outcome, at, text), commands: [] };
  const followed = follow(taken, endingOf({ ...taken, outcome }), holders);
  return {
    core: closed(followed.core, outcome, at, text),
    commands: [{ ...followed.command, ...(reason === undefined ? {} : { reason }) }],
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
