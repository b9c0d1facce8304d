import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';
import {
  approvalMemoKey,
  memoAtStart,
  type ApprovalInput,
  type ApprovalMemo,
  type EarlierRun,
} from '../../contract/approval.ts';
import { approvalWorkflowId, workflowTypes } from '../../contract/ids.ts';
import { recheckSignal } from '../../contract/messages.ts';
import { approvalIdKey, approvalStateKey, requisitionIdKey } from '../../contract/search-attributes.ts';
import { taskQueues } from '../../contract/task-queues.ts';

/** An approval that Coupa lists as pending. */
export interface ApprovalAt {
  readonly approvalId: number;
  readonly requisitionId: number;
}

type Approval = (input: ApprovalInput) => Promise<unknown>;

/** How every approval is started, by whoever finds it. Ids and numbers only in what is searchable (P9). */
function startOptions(at: ApprovalAt, earlier: EarlierRun | undefined) {
  return {
    workflowId: approvalWorkflowId(at.approvalId),
    taskQueue: taskQueues.workflows,
    args: [{ ...at, ...(earlier === undefined ? {} : { earlier }) }] satisfies [ApprovalInput],
    // P1: an open one is left alone. A closed one starts again only by the two-pass rule of the poll.
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: earlier === undefined ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
    memo: { [approvalMemoKey]: memoAtStart(at) },
    staticSummary: `Requisition ${at.requisitionId}: approval ${at.approvalId}`,
    typedSearchAttributes: [
      { key: approvalIdKey, value: at.approvalId },
      { key: approvalStateKey, value: 'waiting' },
      { key: requisitionIdKey, value: at.requisitionId },
    ],
  } satisfies WorkflowStartOptions<Approval>;
}

/** Starts the approval's workflow unless one is open. `closed`: one has ended before, and nothing was started. */
export async function startApproval(
  client: Client,
  at: ApprovalAt,
  earlier?: EarlierRun,
): Promise<'started' | 'closed'> {
  try {
    await client.workflow.start<Approval>(workflowTypes.approval, startOptions(at, earlier));
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'closed';
    throw error;
  }
}

/** Starts the approval's workflow or tells the open one to look again. `closed`: it has ended before; left alone. */
export async function startOrRecheck(client: Client, at: ApprovalAt): Promise<'told' | 'closed'> {
  try {
    const options = { ...startOptions(at, undefined), signal: recheckSignal, signalArgs: [] as [] };
    await client.workflow.signalWithStart<Approval>(workflowTypes.approval, options);
    return 'told';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'closed';
    throw error;
  }
}

/** Tells an open workflow to look again; one that closed meanwhile needs nothing. */
export async function recheck(client: Client, approvalId: number): Promise<void> {
  try {
    await client.workflow.getHandle(approvalWorkflowId(approvalId)).signal(recheckSignal);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** How the last run of an approval's workflow ended; undefined while one is open or none is known. */
export async function earlierRun(client: Client, approvalId: number): Promise<EarlierRun | undefined> {
  try {
    const { closeTime, memo } = await client.workflow.getHandle(approvalWorkflowId(approvalId)).describe();
    if (closeTime === undefined) return undefined;
    const outcome = (memo?.[approvalMemoKey] as Partial<ApprovalMemo> | undefined)?.outcome;
    return { closedAt: closeTime.toISOString(), ...(outcome === undefined ? {} : { outcome }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
