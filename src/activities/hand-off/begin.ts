import { createHash } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { HandOffRule } from '../../config/config.ts';
import { handOffId, workflowTypes } from '../../contract/ids.ts';
import type { Mode } from '../../contract/mode.ts';
import { purchaseRequestStartOptions } from '../../contract/purchase-request-start.ts';
import type { PurchaseRequestInput } from '../../contract/purchase-request.ts';

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
  const start = {
    input,
    fingerprint: createHash('sha256').update(id).digest('hex'),
    startedAt: new Date().toISOString(),
    again,
  };
  try {
    await client.workflow.start<PurchaseRequest>(
      workflowTypes.purchaseRequest,
      purchaseRequestStartOptions(start),
    );
    return 'begun';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'known';
    throw error;
  }
}
