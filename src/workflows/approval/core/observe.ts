import type { Observation } from '../../../contract/observation.ts';
import { askApprovers, retireCards } from './cards.ts';
import { end } from './end.ts';
import type { Command, Step } from './events.ts';
import { slowRetryMs } from './retry.ts';
import { unstuck, type ApprovalCore } from './state.ts';
import { tell } from './timeline.ts';

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
  if (!seen.ask) {
    const listed = settle(
      retireCards(known, seen.sheet.factsHash),
      'listed',
      at,
      'Listed: policy messages nobody',
    );
    return { core: { ...listed, failures: 0 }, commands: [{ kind: 'sleep' }] };
  }
  const settled = settle(known, 'asked', at, 'It is this approval’s turn');
  const asked = askApprovers(settled, seen.sheet, seen.approvers, at);
  const sends = asked.sends.map((send): Command => ({ kind: 'send', ...send }));
  // Failures count on while a card is unsent, so that its retries slow down.
  const failures = sends.length === 0 ? 0 : asked.core.failures;
  return { core: { ...asked.core, failures }, commands: [{ kind: 'sleep' }, ...sends] };
}

/** What a look at Coupa means for an approval that no decision is being carried out on. */
export function applyObservation(core: ApprovalCore, seen: Observation, at: string): Step {
  switch (seen.kind) {
    case 'gone':
      return { core: end(core, 'superseded', at, 'The approval no longer exists in Coupa'), commands: [] };
    case 'replaced':
      return {
        core: end(core, 'superseded', at, 'The requisition was submitted anew with other approvals'),
        commands: [],
      };
    case 'ended': {
      const outcome =
        seen.ours && (seen.status === 'approved' || seen.status === 'rejected')
          ? seen.status
          : 'decidedElsewhere';
      const ended = { ...core, coupaStatus: seen.status };
      return { core: end(ended, outcome, at, `Coupa says ${seen.status}`), commands: [] };
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
