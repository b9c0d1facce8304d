import { RefusedError, RetryableError, UnknownOutcomeError } from '../../connectors/http/errors.ts';
import type { Decision, StandingDecision } from '../../contract/decision.ts';
import type { CarryOutResult } from '../../contract/observation.ts';
import type { Person } from '../../contract/person.ts';
import type { CoupaApproval } from '../../connectors/coupa/types.ts';
import { isNotelessWrite, statusOf, type ApiUser } from './api-user.ts';
import { deciderOf } from './decider.ts';
import { findEntitled } from './find-entitled.ts';
import { observe, readRow, type LookDeps, type Row } from './look.ts';
import { carriesMarker, noteOf } from './note.ts';

export interface CarryOutInput {
  readonly approvalId: number;
  readonly decision: Decision;
  /** Hash of the facts that the decision rests on. */
  readonly factsHash: string;
  /** True when an earlier try of this decision may have written: what Coupa then says of the row is not final. */
  readonly mayHaveWritten: boolean;
}

/**
 * How long what was read may rest before the write, in milliseconds. To find out who somebody is can take many requests,
 * and what the row and its requisition said before them is no ground to write on (P4).
 */
const restMaxMs = 10_000;

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

/** Whether the row has ended by this very decision (P5); a row without its note counts only after an attempt. */
function isOurs(
  row: Row,
  decision: Decision,
  apiUser: ApiUser,
  attempted: boolean,
): row is Row & { readonly approval: CoupaApproval } {
  const { approval, turn } = row;
  if (approval === undefined || turn.kind !== 'ended') return false;
  if (carriesMarker(approval.note, decision.decisionId)) return true;
  return attempted && isNotelessWrite(approval, decision, apiUser);
}

/**
 * Carries a decision out in Coupa (P4, P5). Safe to run twice: it reads before it writes, recognises its own
 * earlier write by the marker in the note, and never repeats a write whose outcome is unknown without a read.
 *
 * Throws the connector's errors when Coupa could not be asked, `UnknownOutcomeError` when the write may have
 * happened but does not show yet: run it again later.
 */
export async function carryOut(
  deps: LookDeps,
  input: CarryOutInput,
  signal: AbortSignal,
): Promise<CarryOutResult> {
  const { coupa, directory, policy, apiUser } = deps;
  const { approvalId, decision, factsHash } = input;
  const reading = { priority: 'decide', signal } as const;
  const now = new Date();
  const read = () => readRow(deps, approvalId, reading);
  const moved = async ({ turn }: Row): Promise<CarryOutResult> => ({
    kind: 'moved',
    observation: await observe(turn, deps, { ...reading, now }),
  });

  const before = await read();
  if (isOurs(before, decision, apiUser, input.mayHaveWritten)) {
    const by = await deciderOf({ row: before.approval, directory, now, reading }, decision);
    return carriedOut(decision, by);
  }
  // A 404 after a write may be an outage, and the row may hold our decision: somebody must be able to see it.
  if (before.turn.kind === 'gone' && input.mayHaveWritten) {
    throw new RetryableError('the row cannot be read although a decision may stand there; look in Coupa', {
      vendor: 'coupa',
      operation: 'GET /api/approvals/:id',
      status: 404,
    });
  }
  if (before.turn.kind !== 'itsTurn' || before.turn.sheet.factsHash !== factsHash) return moved(before);
  const { row, requisition } = before.turn;
  const readAtMs = Date.now();
  const by = await findEntitled({ row, requisition, policy, directory, now, reading }, decision.actor);
  if (by === undefined) return { kind: 'notEntitled' };
  // Once more, with what is known of people by now.
  if (Date.now() - readAtMs > restMaxMs) return carryOut(deps, input, signal);

  const asked = statusOf[decision.action];
  try {
    const answer = await coupa[decision.action](approvalId, { reason: noteOf(decision, by), signal });
    if (answer.settled && answer.status === asked) {
      apiUser.learn(answer.approvedBy);
      return carriedOut(decision, by);
    }
    const after = await read();
    // Coupa accepted the write: whatever the note looks like, a row that has ended so is ours.
    if (after.turn.kind === 'ended' && after.turn.status === asked) {
      apiUser.learn(after.approval?.approvedBy);
      return carriedOut(decision, by);
    }
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof UnknownOutcomeError)) throw error;
    const after = await read();
    if (isOurs(after, decision, apiUser, true)) return carriedOut(decision, by);
    if (error instanceof UnknownOutcomeError) throw error;
    return after.turn.kind === 'itsTurn' && after.turn.sheet.factsHash === factsHash
      ? { kind: 'refused', words: error.words }
      : moved(after);
  }
  throw new UnknownOutcomeError(
    'Coupa accepted the decision but still shows the approval as pending; read again',
    {
      vendor: 'coupa',
      operation: `PUT /api/approvals/:id/${decision.action}`,
    },
  );
}
