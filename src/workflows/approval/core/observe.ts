import type { Observation } from '../../../contract/observation.ts';
import { askApprovers, retireCards } from './cards.ts';
import { end } from './end.ts';
import type { Command, Step } from './events.ts';
import { slowRetryMs } from './retry.ts';
import { found, unstuck, type ApprovalCore } from './state.ts';
import { tell } from './timeline.ts';

const confirmMissingMs = 60_000;

type Resting = ApprovalCore['rest'];

/** Settles into a state without a decision under way; the story says so only when the state is new. */
function settle(core: ApprovalCore, rest: Resting, at: string, text: string): ApprovalCore {
  const same = core.rest === rest && core.state === rest && rest !== 'stuck';
  const next: ApprovalCore = { ...unstuck(core), state: rest, rest };
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

function turn(core: ApprovalCore, seen: Observation & { kind: 'actionable' }, at: string): Step {
  const known: ApprovalCore = { ...core, sheet: seen.sheet, approvers: seen.approvers };
  if (seen.unreachable !== undefined) {
    return lookLater(stuck(retireCards(known, null), seen.unreachable, at));
  }
  // Whoever was asked once is asked again when the facts change, however old the requisition is (P4).
  if (!seen.ask && !core.cards.some((card) => card.kind === 'message')) {
    const listed = settle(
      retireCards(known, seen.sheet.factsHash),
      'listed',
      at,
      'Listed: policy messages nobody',
    );
    return { core: { ...listed, failures: 0 }, commands: [{ kind: 'sleep' }] };
  }
  if (seen.approvers.length === 0) {
    return lookLater(stuck(retireCards(known, null), 'nobody may decide it', at));
  }
  const settled = settle(known, 'asked', at, 'It is this approval’s turn');
  const asked = askApprovers(settled, seen.sheet, seen.approvers, at);
  const sends = asked.sends.map((send): Command => ({ kind: 'send', ...send }));
  // Failures count on while a card is unsent, so that its retries slow down.
  const failures = sends.length === 0 ? 0 : asked.core.failures;
  return { core: { ...asked.core, failures }, commands: [{ kind: 'sleep' }, ...sends] };
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
  return { core: end(core, 'superseded', at, text), commands: [] };
}

/** What a look at Coupa means for an approval that no decision is being carried out on. */
export function applyObservation(core: ApprovalCore, seen: Observation, at: string): Step {
  if (seen.kind === 'gone' || seen.kind === 'replaced') return missing(core, seen.kind, at);
  return applySeen(found(core), seen, at);
}

type Seen = Exclude<Observation, { kind: 'gone' | 'replaced' }>;

function applySeen(core: ApprovalCore, seen: Seen, at: string): Step {
  switch (seen.kind) {
    case 'ended': {
      const outcome =
        seen.ours && (seen.status === 'approved' || seen.status === 'rejected')
          ? seen.status
          : 'decidedElsewhere';
      const ended = { ...core, coupaStatus: seen.status };
      // The next approval may have waited behind this one, and nothing else would tell it soon.
      return { core: end(ended, outcome, at, `Coupa says ${seen.status}`), commands: [{ kind: 'follow' }] };
    }
    case 'notSubmitted': {
      if (core.cards.length > 0) {
        return {
          core: end(core, 'withdrawn', at, `The requisition is ${seen.requisitionStatus}: nothing to decide`),
          commands: [],
        };
      }
      // A draft may carry a pending row (Coupa): wait for its submission without a card.
      const known = { ...core, sheet: seen.sheet };
      return lookLater(settle(known, 'waiting', at, `Waiting: the requisition is ${seen.requisitionStatus}`));
    }
    case 'notYet': {
      const known = retireCards({ ...core, sheet: seen.sheet }, null);
      return lookLater(settle(known, 'waiting', at, 'Waiting: another approval comes first'));
    }
    case 'actionable':
      return turn(core, seen, at);
  }
}

/** A look or a card failed. Whoever was asked stays asked; otherwise the approval is stuck, and tried again (P7). */
export function applyFailure(core: ApprovalCore, reason: string, at: string): Step {
  const asked = core.cards.some((card) => card.live && card.sent);
  const next = asked ? tell(core, at, `Trying again later: ${reason}`) : stuck(core, reason, at);
  return lookLater(next);
}
