import type { Decision } from '../contract/decision.ts';
import { answerAfterEnd, type Answer } from '../contract/decision.ts';
import type { Settlement } from '../contract/messages.ts';
import { answerFromRecord } from './ended.ts';
import { EngineUnavailable, type Described, type Engine } from './engine/engine.ts';
import { ProblemError } from './problem-error.ts';

/** 404: no workflow ever stood for this approval, or its history is gone. */
export function unknownApproval(approvalId: number): ProblemError {
  return new ProblemError('not-found', `No approval ${approvalId} is known here.`);
}

async function answerOfClosed(
  engine: Engine,
  approvalId: number,
  decision: Decision,
  seen: Described,
): Promise<Answer> {
  if (seen.kind === 'none') throw unknownApproval(approvalId);
  const record = await engine.record(approvalId, seen);
  const answer = record === undefined ? undefined : answerFromRecord(decision, record);
  if (answer !== undefined) return answer;
  if (seen.kind === 'open') throw new EngineUnavailable('the approval was just started again');
  const outcome = seen.memo?.outcome;
  if (outcome !== undefined) return answerAfterEnd(decision, { outcome });
  const detail = `Approval ${approvalId} is not waited for any more, and how it ended is not known: look in Coupa.`;
  throw new ProblemError('not-found', detail);
}

/**
 * Hands a decision over and waits for its answer, at most `waitMs`; `pending` when it is held but not settled.
 * Everything before Temporal holds it throws instead (P3): `EngineUnavailable`, or a problem.
 */
export async function press(
  engine: Engine,
  approvalId: number,
  decision: Decision,
  wait: { waitMs: number; signal: AbortSignal },
): Promise<Settlement> {
  const seen = await engine.describe(approvalId);
  if (seen.kind === 'none') throw unknownApproval(approvalId);
  if (seen.kind === 'closed') return answerOfClosed(engine, approvalId, decision, seen);
  const held = await engine.decide(approvalId, decision);
  if (held === 'none') throw unknownApproval(approvalId);
  if (held === 'closed')
    return answerOfClosed(engine, approvalId, decision, await engine.describe(approvalId));
  if (wait.waitMs === 0) return { kind: 'pending' };
  return engine.settled(approvalId, decision, wait.waitMs, wait.signal);
}
