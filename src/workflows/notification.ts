import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  makeContinueAsNewFunc,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { createDeliverActivities } from '../activities/messages/deliver.ts';
import type {
  Delivery,
  DeliveryReport,
  NotificationInput,
  NotificationResult,
} from '../contract/notification.ts';
import type { Problem } from '../contract/observation.ts';
import { taskQueues } from '../contract/task-queues.ts';

const messages = proxyActivities<ReturnType<typeof createDeliverActivities>>({
  taskQueue: taskQueues.moveworks,
  startToCloseTimeout: '90 seconds',
  heartbeatTimeout: '15 seconds',
  // A message on its way out is waited for, so that what was sent is known to be sent.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '2 seconds', maximumInterval: '5 minutes', maximumAttempts: 20 },
});

/**
 * So many at once: more would stand before cards in the queue, and 500 of the largest messages scheduled in one
 * step are more than Temporal takes in one request.
 */
const maxAtOnce = 10;

interface NotificationArgs extends NotificationInput {
  /** Reports of the first deliveries, over a continue-as-new. */
  readonly reported?: readonly DeliveryReport[];
}

function problemOf(error: unknown): Problem {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    return { type: cause.type ?? 'ApplicationFailure', message: cause.message };
  }
  return { type: cause instanceof Error ? cause.name : 'unknown', message: 'no answer to this delivery' };
}

function summaryOf(delivery: Delivery): string {
  return delivery.kind === 'question'
    ? `Send it to Coupa user ${delivery.userId}, with a reference to approval ${delivery.approvalId}`
    : `Send it to ${delivery.recipients.length} recipients`;
}

async function report(message: string, delivery: Delivery): Promise<DeliveryReport> {
  const whom =
    delivery.kind === 'question'
      ? { userId: delivery.userId, recipients: 1 }
      : { recipients: delivery.recipients.length };
  try {
    const summary = summaryOf(delivery);
    const outcome = await messages.deliver.executeWithOptions({ summary }, [{ message, delivery }]);
    return { ...whom, outcome };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { ...whom, outcome: { kind: 'failed', problem: problemOf(error) } };
  }
}

/**
 * Sends a message that a caller gave us, each delivery at least once (P7). One that Moveworks refuses for good
 * stops no other; the result says what became of each. A long list goes on in a new run before the history,
 * which holds the message once for each delivery, grows too large.
 */
export async function notification(args: NotificationArgs): Promise<NotificationResult> {
  const { message, deliveries } = args;
  const reports = [...(args.reported ?? [])];
  const waiting = deliveries.slice(reports.length).entries();
  const begun = reports.length;
  const lane = async (): Promise<void> => {
    while (!workflowInfo().continueAsNewSuggested) {
      const next = waiting.next();
      if (next.done === true) return;
      const [index, delivery] = next.value;
      reports[begun + index] = await report(message, delivery);
    }
  };
  await Promise.all(Array.from({ length: maxAtOnce }, lane));
  if (reports.length < deliveries.length) {
    const memo = workflowInfo().memo ?? {};
    await makeContinueAsNewFunc<typeof notification>({ memo })({ ...args, reported: reports });
  }
  return { deliveries: reports };
}
