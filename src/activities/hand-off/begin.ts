import { createHash } from 'node:crypto';
import {
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';
import type { HandOffRule } from '../../config/config.ts';
import { handOffId, purchaseRequestWorkflowId, workflowTypes } from '../../contract/ids.ts';
import type { Mode } from '../../contract/mode.ts';
import {
  purchaseRequestFingerprintKey,
  purchaseRequestMemoAtStart,
  purchaseRequestMemoKey,
  type PurchaseRequestInput,
} from '../../contract/purchase-request.ts';
import { purchaseRequestStateKey, requisitionIdKey } from '../../contract/search-attributes.ts';
import { taskQueues } from '../../contract/task-queues.ts';

type PurchaseRequest = (input: PurchaseRequestInput) => Promise<unknown>;

/** Which approved requisitions become purchase requests, and in which mode: only `decide` begins any. */
export interface HandOff {
  readonly rule: HandOffRule;
  readonly mode: Mode;
}

/**
 * Starts the workflow that makes a purchase request of an approved requisition. `known`: there is or was one, as far as
 * Temporal remembers. `again`: also where one has closed, which is for whoever knows that it ordered nothing.
 */
export async function beginHandOff(
  client: Client,
  requisitionId: number,
  { again = false }: { readonly again?: boolean } = {},
): Promise<'begun' | 'known'> {
  const id = handOffId(requisitionId);
  const input: PurchaseRequestInput = { id, origin: { kind: 'handOff', requisitionId } };
  const options = {
    workflowId: purchaseRequestWorkflowId(id),
    taskQueue: taskQueues.workflows,
    args: [input],
    workflowIdConflictPolicy: 'FAIL',
    workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
    memo: {
      [purchaseRequestMemoKey]: purchaseRequestMemoAtStart(input, new Date().toISOString()),
      [purchaseRequestFingerprintKey]: createHash('sha256').update(id).digest('hex'),
    },
    staticSummary: `Requisition ${requisitionId}: purchase request in SAP Concur`,
    typedSearchAttributes: [
      { key: purchaseRequestStateKey, value: 'checking' },
      { key: requisitionIdKey, value: requisitionId },
    ],
  } satisfies WorkflowStartOptions<PurchaseRequest>;
  try {
    await client.workflow.start<PurchaseRequest>(workflowTypes.purchaseRequest, options);
    return 'begun';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'known';
    throw error;
  }
}
