import type { Observation, Reading } from '../../../contract/observation.ts';
import {
  askApprovers,
  leaveTurn,
  remind,
  retireCards,
  retireMessages,
  startOver,
  stopClock,
} from './cards.ts';
import { end } from './end.ts';
import { toAsk } from './entitled.ts';
import type { Command, Step } from './events.ts';
import { releaseHolders } from './holders.ts';
import { slowRetryMs } from './retry.ts';
import { oweAgain } from './sent-mode.ts';
import { found, unstuck, withApprovers, type ApprovalCore } from './state.ts';
import { tell } from './timeline.ts';

const confirmMissingMs = 60_000;

type Resting = ApprovalCore['rest'];

/** Settles into a state without a decision under way; the story says so only when the state is new. */
function settle(core: ApprovalCore, rest: Resting, at: string, text: string): ApprovalCore {
  const same = core.rest === rest && core.state === rest && rest !== 'stuck';
  const failures = core.rest === rest ? core.failures : 0;
  const next: ApprovalCore = { ...unstuck(core), state: rest, rest, failures };
  return same && core.timeline.length > 0 ? next : tell(next, at, text);
}

function stuck(core: ApprovalCore, reason: string, at: string): ApprovalCore {
  const next: ApprovalCore = { ...core, state: 'stuck', rest: 'stuck', stuckReason: reason };
  return core.stuckReason === reason ? next : tell(next, at, `Stuck: ${reason}`);
}

/** Keeps looking, more and more slowly. */
function lookLater(core: ApprovalCore): Step {
  const next = { ...core, failures: core.failures + 1 };
  return { core: next, commands: [{ kind: 'wake', afterMs: slowRetryMs(next.failures) }] };
}

/**
 * The timer until the next reminder; before the first card went out, how long after it that is. Without a plan the
 * timer that runs is left alone, since it leads to a look with one.
 */
function untilReminder(core: ApprovalCore, { reminder, at: readAt }: Seeing, at: string): Step {
  if (reminder === undefined) return { core, commands: [] };
  const since = (start: string) => {
    const waitMs = Date.parse(reminder.nextAt ?? '') - Date.parse(start);
    return Number.isNaN(waitMs) ? null : Math.max(0, waitMs);
  };
  if (core.clock === undefined) {
    return { core: { ...core, firstWaitMs: since(readAt ?? at) }, commands: [{ kind: 'sleep' }] };
  }
  const waitMs = since(at);
  return { core, commands: [waitMs === null ? { kind: 'sleep' } : { kind: 'wake', afterMs: waitMs }] };
}

function turn(
  core: ApprovalCore,
  seen: Observation & { kind: 'actionable' },
  reading: Seeing,
  at: string,
): Step {
  const known = oweAgain({ ...withApprovers(core, seen), sheet: seen.sheet });
  const nobody = seen.unreachable ?? (seen.approvers.length === 0 ? 'nobody may decide it' : undefined);
  if (nobody !== undefined) {
    const failures = core.stuckReason === nobody ? core.failures : 0;
    return lookLater(stuck(leaveTurn({ ...known, failures }), nobody, at));
  }
  const held = retireMessages(retireCards(known, seen.sheet.factsHash));
  const isAsking = held.cards.some((card) => card.kind === 'message' && card.live);
  if (!isAsking && toAsk(known).length === 0) {
    const listed = settle(stopClock(held), 'listed', at, 'Listed: policy messages nobody');
    return { core: { ...listed, failures: 0 }, commands: [{ kind: 'sleep' }] };
  }
  const isRetry = held.cards.some((card) => card.kind === 'message' && card.live && !card.sent);
  const settled: ApprovalCore = {
    ...settle(startOver(known), 'asked', at, 'It is this approval’s turn'),
    failures: isRetry ? known.failures : 0,
  };
  const asked = askApprovers(settled, seen.sheet, at);
  const reminded =
    reading.reminder?.due === true ? remind(asked.core, seen.sheet, at) : { core: asked.core, sends: [] };
  // The look planned by the clock that it began with; the first card to go out leads to another.
  const timed: Step =
    settled.clock === core.clock
      ? untilReminder(reminded.core, reading, at)
      : { core: reminded.core, commands: [{ kind: 'sleep' }] };
  const sends = [...asked.sends, ...reminded.sends].map((send): Command => ({ kind: 'send', ...send }));
  // Failures count on while a card is unsent, so that its retries slow down.
  const failures = sends.length === 0 ? 0 : timed.core.failures;
  return { core: { ...timed.core, failures }, commands: [...timed.commands, ...sends] };
}

/**
 * Coupa says that there is no such approval. One 404 may be an outage, so nothing ends before a second look a
 * minute later. A row that is still listed as pending has had this end before: it waits instead, or the poll
 * would start it over and over.
 */
function missing(core: ApprovalCore, kind: 'gone' | 'replaced', at: string): Step {
  const since = core.missingSince ?? at;
  if (Date.parse(at) - Date.parse(since) < confirmMissingMs) {
    const told =
      core.missingSince === undefined ? tell(core, at, 'Not found in Coupa: looking once more') : core;
    return {
      core: { ...told, missingSince: since },
      commands: [{ kind: 'wake', afterMs: confirmMissingMs }],
    };
  }
  if (kind === 'replaced' && core.earlier !== undefined && core.cards.length === 0) {
    return lookLater(settle(core, 'waiting', at, 'Waiting: its requisition does not know this approval'));
  }
  const text =
    kind === 'gone'
      ? 'The approval no longer exists in Coupa'
      : 'The requisition no longer exists, or was submitted anew with other approvals';
  return end(core, 'superseded', at, text);
}

/** What a look at Coupa means for an approval that no decision is being carried out on. */
export function applyObservation(before: ApprovalCore, reading: Seeing, at: string): Step {
  const { observation: seen, policy, mode } = reading;
  const core: ApprovalCore = {
    ...before,
    retrying: false,
    ...(policy === undefined ? {} : { policy }),
    ...(mode === undefined ? {} : { mode }),
  };
  if (seen.kind === 'gone' || seen.kind === 'replaced') return missing(core, seen.kind, at);
  return applySeen(found(core), seen, reading, at);
}

/** What a look saw; what a decision's own read saw comes without what policy says. */
type Seeing = Pick<Reading, 'observation'> & Partial<Reading>;
type Seen = Exclude<Observation, { kind: 'gone' | 'replaced' }>;

function applySeen(core: ApprovalCore, seen: Seen, reading: Seeing, at: string): Step {
  switch (seen.kind) {
    case 'ended': {
      const outcome =
        seen.ours && (seen.status === 'approved' || seen.status === 'rejected')
          ? seen.status
          : 'decidedElsewhere';
      return end({ ...core, coupaStatus: seen.status }, outcome, at, `Coupa says ${seen.status}`);
    }
    case 'notSubmitted': {
      if (core.cards.length > 0) {
        const text = `The requisition is ${seen.requisitionStatus}: nothing to decide`;
        return end({ ...core, sheet: seen.sheet }, 'withdrawn', at, text);
      }
      // A draft may carry a pending row (Coupa): wait for its submission without a card.
      const known = { ...withApprovers(core), sheet: seen.sheet };
      return lookLater(settle(known, 'waiting', at, `Waiting: the requisition is ${seen.requisitionStatus}`));
    }
    case 'notYet': {
      const known = leaveTurn({ ...withApprovers(core), sheet: seen.sheet });
      const waiting = settle(known, 'waiting', at, 'Waiting: another approval comes first');
      return released(lookLater(waiting), at);
    }
    case 'actionable':
      return released(turn(core, seen, reading, at), at);
  }
}

/** Whoever held a card before the look and may not decide after it is told. */
function released({ core, commands }: Step, at: string): Step {
  const next = releaseHolders(core, at);
  return { core: next.core, commands: [...commands, ...next.commands] };
}

/** A card failed: one retry is planned for all that fail after the same look, so that many failures count as one. */
export function applySendFailure(core: ApprovalCore, reason: string, at: string): Step {
  return core.retrying ? { core, commands: [] } : applyFailure(core, reason, at);
}

/** A look or a card failed. Whoever was asked stays asked; otherwise the approval is stuck, and tried again (P7). */
export function applyFailure(core: ApprovalCore, reason: string, at: string): Step {
  const asked = core.cards.some((card) => card.live && card.sent);
  const next = asked ? tell(core, at, `Trying again later: ${reason}`) : stuck(core, reason, at);
  return lookLater({ ...next, retrying: true });
}
