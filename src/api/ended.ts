import type { ApprovalRecord } from '../contract/approval.ts';
import { answerAfterEnd, type Answer, type Decision } from '../contract/decision.ts';

/** What a closed approval's record tells a decision; undefined when the record names no outcome. */
export function answerFromRecord(decision: Decision, record: ApprovalRecord): Answer | undefined {
  const given = record.answers[decision.decisionId];
  if (given !== undefined) return given;
  const { outcome, standing, coupaStatus } = record;
  if (outcome === undefined) return undefined;
  return answerAfterEnd(decision, {
    outcome,
    ...(standing === undefined ? {} : { standing }),
    ...(coupaStatus === undefined ? {} : { coupaStatus }),
  });
}
