import { RefusedError, RetryableError, UnknownOutcomeError } from '../../connectors/http/errors.ts';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { Decision, StandingDecision } from '../../contract/decision.ts';
import type { CarryOutResult, Observation } from '../../contract/observation.ts';
import type { Person } from '../../contract/person.ts';
import { findActor, toPerson } from './entitled.ts';
import { lookAt, type Look } from './look.ts';
import { carriesMarker, noteOf } from './note.ts';
import type { AskPolicy } from './policy.ts';

export interface CarryOutInput {
  readonly approvalId: number;
  readonly decision: Decision;
  /** Hash of the facts that the decision rests on. */
  readonly factsHash: string;
  /** True when an earlier try of this decision may have written: what Coupa then says of the row is not final. */
  readonly mayHaveWritten: boolean;
}

/** What the write needs to know about its surroundings. */
export interface CarryOutDeps {
  readonly coupa: CoupaClient;
  readonly policy: AskPolicy;
}

/** Who decided, for the record: as Coupa's row names them, else as the reference does. */
function decider({ approval }: Look, decision: Decision): Person {
  const { approver } = approval ?? {};
  if (approver?.kind === 'user') return toPerson(approver.person);
  return { id: decision.actor.userId ?? 0, name: `Coupa user ${decision.actor.userId ?? 'unknown'}` };
}

function carriedOut({ decisionId, action }: Decision, by: Person): CarryOutResult {
  const standing: StandingDecision = {
    decisionId,
    action,
    userId: by.id,
    ...(by.address === undefined ? {} : { address: by.address }),
    name: by.name,
    at: new Date().toISOString(),
  };
  return { kind: 'carriedOut', standing };
}

/** P4 and P6: the person who may write now, or the reason why nothing is written. */
function permit(seen: Observation, input: CarryOutInput): Person | CarryOutResult {
  if (seen.kind !== 'actionable' || seen.sheet.factsHash !== input.factsHash) {
    return { kind: 'moved', observation: seen };
  }
  return findActor(seen.approvers, input.decision.actor) ?? { kind: 'notEntitled' };
}

/**
 * Carries a decision out in Coupa (P4, P5). Safe to run twice: it reads before it writes, recognises its own
 * earlier write by the marker in the note, and never repeats a write whose outcome is unknown without a read.
 *
 * Throws the connector's errors when Coupa could not be asked, `UnknownOutcomeError` when the write may have
 * happened but does not show yet: run it again later.
 */
export async function carryOut(
  { coupa, policy }: CarryOutDeps,
  input: CarryOutInput,
  signal: AbortSignal,
): Promise<CarryOutResult> {
  const { approvalId, decision } = input;
  const look = () => lookAt(coupa, policy, approvalId, { priority: 'decide', signal, now: new Date() });
  const isOurs = (seen: Look) => carriesMarker(seen.approval?.note ?? null, decision.decisionId);

  const before = await look();
  if (before.observation.kind === 'ended' && isOurs(before)) {
    return carriedOut(decision, decider(before, decision));
  }
  // A 404 after a write may be an outage, and the row may hold our decision: somebody must be able to see it.
  if (before.observation.kind === 'gone' && input.mayHaveWritten) {
    throw new RetryableError('the row cannot be read although a decision may stand there; look in Coupa', {
      vendor: 'coupa',
      operation: 'GET /api/approvals/:id',
      status: 404,
    });
  }
  const permitted = permit(before.observation, input);
  if ('kind' in permitted) return permitted;

  const asked = decision.action === 'approve' ? 'approved' : 'rejected';
  try {
    const answer = await coupa[decision.action](approvalId, { reason: noteOf(decision, permitted), signal });
    if (answer.settled && answer.status === asked) return carriedOut(decision, permitted);
    const after = await look();
    // Coupa accepted the write: whatever the note looks like, a row that has ended so is ours.
    if (after.observation.kind === 'ended' && after.observation.status === asked) {
      return carriedOut(decision, permitted);
    }
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof UnknownOutcomeError)) throw error;
    const after = await look();
    if (after.observation.kind === 'ended' && isOurs(after)) return carriedOut(decision, permitted);
    if (error instanceof UnknownOutcomeError) throw error;
    return after.observation.kind === 'actionable' && after.observation.sheet.factsHash === input.factsHash
      ? { kind: 'refused', words: error.words }
      : { kind: 'moved', observation: after.observation };
  }
  throw new UnknownOutcomeError(
    'Coupa accepted the decision but still shows the approval as pending; read again',
    {
      vendor: 'coupa',
      operation: `PUT /api/approvals/:id/${decision.action}`,
    },
  );
}
