import type { ApprovalRecord } from '../contract/approval.ts';
import { answerAfterEnd, type Answer, type Decision, type Outcome } from '../contract/decision.ts';
import { EngineUnavailable, type Described, type Engine } from './engine/engine.ts';
import { ProblemError } from './problem-error.ts';

/** How an approval ended, as far as Temporal still tells: all of its record, or the outcome alone. */
export type Ended = Partial<Pick<ApprovalRecord, 'standing' | 'coupaStatus' | 'answers'>> & {
  readonly outcome: Outcome;
};

/** What an approval that has ended tells a decision: the answer that it had before, if it had one. */
export function answerAfter(decision: Decision, { outcome, standing, coupaStatus, answers }: Ended): Answer {
  return (
    answers?.[decision.decisionId] ??
    answerAfterEnd(decision, {
      outcome,
      ...(standing === undefined ? {} : { standing }),
      ...(coupaStatus === undefined ? {} : { coupaStatus }),
    })
  );
}

/** The end that a record tells of; undefined while it names no outcome. */
export function endIn(record: ApprovalRecord): Ended | undefined {
  const { outcome } = record;
  return outcome === undefined ? undefined : { ...record, outcome };
}

/** 404: no workflow ever stood for this approval, or its history is gone. */
export function unknownApproval(approvalId: number): ProblemError {
  return new ProblemError('not-found', `No approval ${approvalId} is known here.`);
}

/** How an approval ended that is no longer open. Throws 404 where that is not known, `EngineUnavailable`. */
export async function endOf(engine: Engine, approvalId: number, seen: Described): Promise<Ended> {
  if (seen.kind === 'none') throw unknownApproval(approvalId);
  const record = await engine.record(approvalId, seen);
  const end = record === undefined ? undefined : endIn(record);
  if (end !== undefined) return end;
  if (seen.kind === 'open') throw new EngineUnavailable('the approval was just started again');
  const outcome = seen.memo?.outcome;
  if (outcome !== undefined) return { outcome };
  const detail = `Approval ${approvalId} is not waited for any more, and how it ended is not known: look in Coupa.`;
  throw new ProblemError('not-found', detail);
}
