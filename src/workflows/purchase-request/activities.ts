import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  proxyActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import {
  createTimes,
  type CheckResult,
  type CreateInput,
  type CreateResult,
  type LinkInput,
  type PrepareHandOffInput,
  type Prepared,
  type ReadOrdersInput,
  type ReadResult,
  type TellPurchaseRequesterInput,
} from '../../contract/concur-work.ts';
import type { Problem } from '../../contract/observation.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import type { PurchaseOrder } from '../../contract/purchase-request.ts';
import { taskQueues } from '../../contract/task-queues.ts';
import { problemOf } from '../problem.ts';

/** What the worker of each queue carries out for a purchase request. */
interface ConcurWork {
  checkCodes(document: PurchaseRequestDocument): Promise<CheckResult>;
  createPurchaseRequest(input: CreateInput): Promise<CreateResult>;
  readPurchaseRequest(input: { readonly concurId: string }): Promise<ReadResult>;
  readOrders(input: ReadOrdersInput): Promise<readonly PurchaseOrder[]>;
}
interface HandOffWork {
  prepareHandOff(input: PrepareHandOffInput): Promise<Prepared>;
  linkRequisition(input: LinkInput): Promise<'linked' | 'already linked'>;
}
interface MessageWork {
  tellPurchaseRequester(input: TellPurchaseRequesterInput): Promise<'sent' | 'not wanted'>;
}

const { TRY_CANCEL, WAIT_CANCELLATION_COMPLETED } = ActivityCancellationType;
/** A worker that was killed is noticed after this, not after the whole time of what it was doing. */
const heartbeatTimeout = '15 seconds';
const concur = { taskQueue: taskQueues.concur, cancellationType: TRY_CANCEL, heartbeatTimeout } as const;
/** An order goes before the looks at thousands that are followed; 3 is Temporal's default. */
const [first, last] = [{ priorityKey: 2 }, { priorityKey: 4 }];

const checks = proxyActivities<Pick<ConcurWork, 'checkCodes'>>({
  ...concur,
  priority: first,
  startToCloseTimeout: '10 minutes',
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 10 },
});

/** P5: attempted once. Whatever ends it without a result is an unknown outcome, a worker that is gone among it. */
const creates = proxyActivities<Pick<ConcurWork, 'createPurchaseRequest'>>({
  ...concur,
  priority: first,
  heartbeatTimeout: createTimes.heartbeatTimeoutMs,
  startToCloseTimeout: createTimes.startToCloseMs,
  cancellationType: WAIT_CANCELLATION_COMPLETED,
  retry: { maximumAttempts: 1 },
});

const looks = proxyActivities<Pick<ConcurWork, 'readPurchaseRequest'>>({
  ...concur,
  priority: last,
  startToCloseTimeout: '3 minutes',
  retry: { initialInterval: '2 seconds', maximumInterval: '5 minutes', maximumAttempts: 10 },
});

const orders = proxyActivities<Pick<ConcurWork, 'readOrders'>>({
  ...concur,
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 3 },
});

const coupa = {
  taskQueue: taskQueues.coupaRead,
  startToCloseTimeout: '3 minutes',
  cancellationType: TRY_CANCEL,
} as const;

/** What Temporal gives up here, the core tries again, and says so. */
const handOffs = proxyActivities<HandOffWork>({
  ...coupa,
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 5 },
});

/**
 * Nobody tries it again after that, and it is worth some hours: the comment that names the purchase request is what is
 * known of it once Temporal has forgotten.
 */
const names = proxyActivities<Pick<HandOffWork, 'linkRequisition'>>({
  ...coupa,
  retry: { initialInterval: '2 seconds', maximumInterval: '15 minutes', maximumAttempts: 40 },
});

const messages = proxyActivities<MessageWork>({
  taskQueue: taskQueues.moveworks,
  startToCloseTimeout: '90 seconds',
  heartbeatTimeout,
  // A message on its way out is waited for, so that what was sent is known to be sent.
  cancellationType: WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '2 seconds', maximumInterval: '5 minutes', maximumAttempts: 20 },
});

/** The activities with a line for whoever reads Temporal's UI. */
export const work = {
  prepareHandOff: (input: PrepareHandOffInput) =>
    handOffs.prepareHandOff.executeWithOptions(
      { summary: `Make a purchase request from requisition ${input.requisitionId}` },
      [input],
    ),
  linkRequisition: (input: LinkInput) =>
    (input.about === 'begun' ? handOffs : names).linkRequisition.executeWithOptions(
      { summary: `Say on requisition ${input.requisitionId} that it is ${input.about}` },
      [input],
    ),
  checkCodes: (document: PurchaseRequestDocument) =>
    checks.checkCodes.executeWithOptions({ summary: 'Look its codes up in Concur' }, [document]),
  createPurchaseRequest: (input: CreateInput) =>
    creates.createPurchaseRequest.executeWithOptions({ summary: 'Create it in Concur, once' }, [input]),
  readPurchaseRequest: (concurId: string) =>
    looks.readPurchaseRequest.executeWithOptions({ summary: 'Look how it stands in Concur' }, [{ concurId }]),
  readOrders: (numbers: readonly string[]) =>
    orders.readOrders.executeWithOptions({ summary: 'Read its purchase orders' }, [{ numbers }]),
  tellPurchaseRequester: (input: TellPurchaseRequesterInput) =>
    messages.tellPurchaseRequester.executeWithOptions({ summary: `Tell the requester: ${input.news}` }, [
      input,
    ]),
};

/** What went wrong, and whether the same call can succeed as it is. */
export function failureOf(error: unknown): { readonly problem: Problem; readonly lasting: boolean } {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof TimeoutFailure) {
    const message = 'no answer came in time, or its worker was gone';
    return { problem: { type: 'timeout', message }, lasting: false };
  }
  const lasting = cause instanceof ApplicationFailure && cause.nonRetryable === true;
  return { problem: problemOf(error), lasting };
}
