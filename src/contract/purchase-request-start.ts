import type { SearchAttributePair } from '@temporalio/common';
import { purchaseRequestWorkflowId } from './ids.ts';
import {
  purchaseRequestFingerprintKey,
  purchaseRequestMemoAtStart,
  purchaseRequestMemoKey,
  type PurchaseRequestInput,
  type PurchaseRequestMemo,
} from './purchase-request.ts';
import { purchaseRequestStateKey, requisitionIdKey } from './search-attributes.ts';
import { taskQueues } from './task-queues.ts';

/** A purchase request that is to begin. */
export interface PurchaseRequestStart {
  readonly input: PurchaseRequestInput;
  /** SHA-256, in hex, of what was asked for: by it a repeat is told from another order under the same id. */
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Also where one of this id has closed: for whoever knows that it ordered nothing. */
  readonly again?: boolean;
}

function summaryOf({ origin }: PurchaseRequestInput, { summary: { lines } }: PurchaseRequestMemo): string {
  return origin.kind === 'handOff'
    ? `Requisition ${origin.requisitionId}: purchase request in SAP Concur`
    : `Purchase request of ${lines} ${lines === 1 ? 'line' : 'lines'}`;
}

/** How Temporal is told to begin a purchase request, whoever asks for it. */
export function purchaseRequestStartOptions({ input, fingerprint, startedAt, again }: PurchaseRequestStart) {
  const memo = purchaseRequestMemoAtStart(input, startedAt);
  const typedSearchAttributes: SearchAttributePair[] = [{ key: purchaseRequestStateKey, value: memo.state }];
  if (input.origin.kind === 'handOff') {
    typedSearchAttributes.push({ key: requisitionIdKey, value: input.origin.requisitionId });
  }
  return {
    workflowId: purchaseRequestWorkflowId(input.id),
    taskQueue: taskQueues.workflows,
    args: [input] as [PurchaseRequestInput],
    // Refused rather than shared: one order is never two, and whoever finds one looks whether it is the same.
    workflowIdConflictPolicy: 'FAIL' as const,
    workflowIdReusePolicy: again === true ? ('ALLOW_DUPLICATE' as const) : ('REJECT_DUPLICATE' as const),
    memo: { [purchaseRequestMemoKey]: memo, [purchaseRequestFingerprintKey]: fingerprint },
    staticSummary: summaryOf(input, memo),
    typedSearchAttributes,
  };
}
