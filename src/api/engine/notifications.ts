import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import { notificationWorkflowId, workflowTypes } from '../../contract/ids.ts';
import {
  notificationMemoKey,
  type NotificationInput,
  type NotificationResult,
} from '../../contract/notification.ts';
import { taskQueues } from '../../contract/task-queues.ts';
import type { NotificationEnd } from './engine.ts';
import { readNotificationResult } from './stored.ts';
import { waitAtMost, type Wait } from './waiting.ts';
import { within } from './within.ts';

type Notification = (input: NotificationInput) => Promise<NotificationResult>;

function handleOf(client: Client, name: string) {
  return client.workflow.getHandle<Notification>(notificationWorkflowId(name));
}

/** The fingerprint that the notification of this name was started with; undefined when there is none. */
export async function fingerprintOf(
  client: Client,
  name: string,
  deadlineMs: number,
): Promise<string | undefined> {
  try {
    const { memo } = await within(client, deadlineMs, () => handleOf(client, name).describe());
    return String(memo?.[notificationMemoKey]);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** Starts a notification. `exists`: one of this name was started before, whether or not it still runs. */
export async function startNotification(
  client: Client,
  { name, fingerprint, input }: { name: string; fingerprint: string; input: NotificationInput },
  deadlineMs: number,
): Promise<'started' | 'exists'> {
  const count = input.deliveries.length;
  try {
    await within(client, deadlineMs, () =>
      client.workflow.start<Notification>(workflowTypes.notification, {
        workflowId: notificationWorkflowId(name),
        taskQueue: taskQueues.workflows,
        args: [input],
        // Refused rather than shared: whoever finds an open one must look whether it asks for the same.
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        memo: { [notificationMemoKey]: fingerprint },
        staticSummary: `A caller's message: ${count} ${count === 1 ? 'delivery' : 'deliveries'}`,
      }),
    );
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'exists';
    throw error;
  }
}

/** Waits for the end of a notification that Temporal holds; `pending` when it does not come in time. */
export function waitForNotification(client: Client, name: string, wait: Wait): Promise<NotificationEnd> {
  return waitAtMost<NotificationEnd>(client, wait, { kind: 'pending' }, async () => {
    try {
      const result: unknown = await within(client, wait.waitMs, () => handleOf(client, name).result());
      const read = readNotificationResult(result);
      return read === undefined ? { kind: 'unknown' } : { kind: 'done', result: read };
    } catch (error) {
      if (error instanceof WorkflowFailedError) return { kind: 'unknown' };
      throw error;
    }
  });
}
