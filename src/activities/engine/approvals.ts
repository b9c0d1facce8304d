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

/**
 * Temporal's priority of what has waited for long when it is found, the first start's rows above all: whatever an
 * approval does inherits it, so that looks at thousands of old rows never stand before the look at a new one. 3 is
 * Temporal's default; a server that knows no priorities serves in order of arrival.
 */
const backlogPriority = { priorityKey: 4 };

export interface StartOptions {
  /** How the last run ended, of an approval that is started again. */
  readonly earlier?: EarlierRun;
  /** True: whatever is new goes first. */
  readonly backlog?: boolean;
}

/** How every approval is started, by whoever finds it. Ids and numbers only in what is searchable (P9). */
function startOptions(at: ApprovalAt, { earlier, backlog = false }: StartOptions) {
  return {
    workflowId: approvalWorkflowId(at.approvalId),
    taskQueue: taskQueues.workflows,
    args: [{ ...at, ...(earlier === undefined ? {} : { earlier }) }] satisfies [ApprovalInput],
    // P1: an open one is left alone. A closed one starts again only by the two-pass rule of the poll.
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: earlier === undefined ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
    ...(backlog ? { priority: backlogPriority } : {}),
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
  options: StartOptions = {},
): Promise<'started' | 'closed'> {
  try {
    await client.workflow.start<Approval>(workflowTypes.approval, startOptions(at, options));
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'closed';
    throw error;
  }
}

/** Starts the approval's workflow or tells the open one to look again. `closed`: it has ended before; left alone. */
export async function startOrRecheck(client: Client, at: ApprovalAt): Promise<'told' | 'closed'> {
  try {
    const options = { ...startOptions(at, {}), signal: recheckSignal, signalArgs: [] as [] };
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
