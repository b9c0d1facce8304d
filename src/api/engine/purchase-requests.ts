import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { purchaseRequestWorkflowId, workflowTypes } from '../../contract/ids.ts';
import { purchaseRequestQuery, resolveSignal } from '../../contract/messages.ts';
import { purchaseRequestStartOptions } from '../../contract/purchase-request-start.ts';
import {
  purchaseRequestFingerprintKey,
  type PurchaseRequestInput,
  type PurchaseRequestRecord,
} from '../../contract/purchase-request.ts';
import { listPurchaseRequests, otherOfConcurId } from './purchase-request-list.ts';
import type { DescribedPurchaseRequest, PurchaseRequestEngine } from './purchase-request-engine.ts';
import { readPurchaseRequestMemo, readPurchaseRequestRecord } from './purchase-request-stored.ts';
import { within } from './within.ts';

type PurchaseRequest = (input: PurchaseRequestInput) => Promise<PurchaseRequestRecord>;

/** The part of the engine that is about purchase requests, over Temporal. */
export function purchaseRequestEngine(
  client: Client,
  { describeDeadlineMs, callDeadlineMs }: { describeDeadlineMs: number; callDeadlineMs: number },
): PurchaseRequestEngine {
  const handleOf = (id: string, runId?: string) =>
    client.workflow.getHandle<PurchaseRequest>(purchaseRequestWorkflowId(id), runId);

  async function told(id: string, seen: DescribedPurchaseRequest): Promise<unknown> {
    if (seen.kind === 'none') return undefined;
    return within(client, callDeadlineMs, () =>
      seen.kind === 'open' ? handleOf(id).query(purchaseRequestQuery) : handleOf(id, seen.runId).result(),
    );
  }

  return {
    async purchaseRequest(id) {
      try {
        const { status, runId, memo } = await within(client, describeDeadlineMs, () =>
          handleOf(id).describe(),
        );
        // A paused workflow still takes signals.
        const open = status.name === 'RUNNING' || status.name === 'PAUSED';
        const fingerprint = memo?.[purchaseRequestFingerprintKey];
        return {
          kind: open ? 'open' : 'closed',
          runId,
          memo: readPurchaseRequestMemo(memo),
          fingerprint: typeof fingerprint === 'string' ? fingerprint : undefined,
        };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { kind: 'none' };
        throw error;
      }
    },
    async startPurchaseRequest(start) {
      try {
        await within(client, callDeadlineMs, () =>
          client.workflow.start<PurchaseRequest>(
            workflowTypes.purchaseRequest,
            purchaseRequestStartOptions(start),
          ),
        );
        return 'started';
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'exists';
        throw error;
      }
    },
    async purchaseRequestRecord(id, seen) {
      try {
        return readPurchaseRequestRecord(await told(id, seen));
      } catch {
        // No worker, ended by hand, removed meanwhile, or Temporal gone: the memo has been read already.
        return undefined;
      }
    },
    listPurchaseRequests: (request) => listPurchaseRequests(client, request, callDeadlineMs),
    otherOfConcurId: (concurId, id) => otherOfConcurId(client, { concurId, id }, callDeadlineMs),
    async resolvePurchaseRequest(id, resolving) {
      try {
        await within(client, callDeadlineMs, () => handleOf(id).signal(resolveSignal, resolving));
        return 'accepted';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'gone';
        throw error;
      }
    },
  };
}
