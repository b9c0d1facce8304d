import type { ApprovalRecord } from '../contract/approval.ts';
import type { Delivery } from '../contract/notification.ts';
import { isActor, type Person } from '../contract/person.ts';
import type { ApiDeps } from './deps.ts';
import { endedProblem } from './answers.ts';
import { endIn, endOf, unknownApproval } from './ended.ts';
import { ApprovalGone, EngineUnavailable, type Engine } from './engine/engine.ts';
import { mapBounded, recordLookUp } from './look-ups.ts';
import type { NotificationBody } from './notification-input.ts';
import { invalid, unavailable } from './problem-error.ts';

type Context = NonNullable<NotificationBody['context']>;
type Asked = Pick<ApiDeps, 'engine'>;

const workerRetrySeconds = 15;

/** The open approval's run and record. Throws 404, 409 with how it ended, or 503 when nobody can say. */
async function openApproval(engine: Engine, approvalId: number) {
  const seen = await engine.describe(approvalId);
  if (seen.kind === 'none') throw unknownApproval(approvalId);
  if (seen.kind === 'closed') throw endedProblem(await endOf(engine, approvalId, seen));
  const record = await engine.record(approvalId, seen);
  if (record === undefined) {
    const detail = 'Who may decide this approval cannot be found out for now: nobody got the message.';
    throw unavailable(detail, workerRetrySeconds);
  }
  const end = endIn(record);
  if (end !== undefined) throw endedProblem(end);
  return { seen, record };
}

/** Everybody who may decide it now. Nobody may while it is not this approval's turn, whoever was asked before. */
function approversOf({ state, approvers }: ApprovalRecord): readonly Person[] {
  return state === 'waiting' ? [] : approvers;
}

function requireApprovers(recipients: readonly string[], record: ApprovalRecord): Person[] {
  const approvers = approversOf(record);
  const entitled: Person[] = [];
  const problems = recipients.flatMap((address, index) => {
    const person = approvers.find((approver) => isActor(approver, { address }));
    if (person !== undefined) entitled.push(person);
    // The pointer tells who; addresses stay out of texts that callers log (P9).
    const detail =
      approvers.length === 0
        ? `Nobody may decide approval ${record.approvalId} yet, so nobody can be asked.`
        : `Not an approver of approval ${record.approvalId}.`;
    return person === undefined ? [{ pointer: `/recipients/${index}`, detail }] : [];
  });
  if (problems.length > 0) throw invalid(problems);
  return entitled;
}

/**
 * One delivery for each recipient of a message about an approval, all or none. The card that each one's reference
 * stands on is recorded before: a reference whose card nobody knows would be refused (P4, P6).
 */
export async function questionsAbout(
  { engine }: Asked,
  context: Context,
  recipients: readonly string[],
): Promise<Delivery[]> {
  const { approval_id: approvalId, requisition_id: requisitionGiven } = context;
  const { seen, record } = await openApproval(engine, approvalId);
  const { requisitionId } = record;
  if (typeof requisitionGiven === 'number' && requisitionGiven !== requisitionId) {
    const detail = `Approval ${approvalId} belongs to requisition ${requisitionId}.`;
    throw invalid([{ pointer: '/context/requisition_id', detail }]);
  }
  const entitled = requireApprovers(recipients, record);
  const { runId, memo } = seen;
  const factsHash = memo?.factsHash;
  if (factsHash === undefined) throw new EngineUnavailable('no memo yet');
  const shown = { approvalId, runId, factsHash, asked: memo?.asked ?? [] };
  try {
    return await mapBounded(entitled, async ({ id: userId, address = '' }): Promise<Delivery> => {
      const cardId = await recordLookUp(engine, shown, userId);
      return { kind: 'question', approvalId, requisitionId, cardId, userId, address };
    });
  } catch (error) {
    if (!(error instanceof ApprovalGone)) throw error;
    throw endedProblem(await endOf(engine, approvalId, await engine.describe(approvalId)));
  }
}
