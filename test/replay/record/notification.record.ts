import { notificationWorkflowId, workflowTypes } from '../../../src/contract/ids.ts';
import {
  notificationMemoKey,
  type Delivery,
  type NotificationInput,
} from '../../../src/contract/notification.ts';
import { taskQueues } from '../../../src/contract/task-queues.ts';
import { recorder } from '../../support/record-histories.ts';
import { ada, bo, stage } from '../../support/record-stage.ts';
import { until } from '../../support/until.ts';

const { stack, ask } = stage({
  temporal: { dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 50 } },
});
const record = recorder('notification', () => stack().client);

const to = (...recipients: string[]): Delivery => ({ kind: 'notice', recipients });

/** Starts one, as the API does. */
function start(name: string, deliveries: readonly Delivery[]) {
  return stack().client.workflow.start<(input: NotificationInput) => Promise<unknown>>(
    workflowTypes.notification,
    {
      workflowId: notificationWorkflowId(name),
      taskQueue: taskQueues.workflows,
      args: [{ message: 'Coupa rests on Sunday.', deliveries: [...deliveries] }],
      memo: { [notificationMemoKey]: name },
    },
  );
}

/** The same, until its end. */
async function send(name: string, deliveries: readonly Delivery[]): Promise<string> {
  const handle = await start(name, deliveries);
  await handle.result();
  return handle.workflowId;
}

record('all-sent', () => send('all-sent', [to(ada, bo), to(ada), to(bo)]));

record('one-refused', () => send('one-refused', [to(ada), to('nobody@example.test'), to(bo)]));

record('one-failed', async () => {
  await stack().moveworks.fault({ route: 'send', kind: 'status', status: 403, times: 1 });
  return send('one-failed', [to(ada), to(bo)]);
});

record('retried-by-temporal', async () => {
  await stack().moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 1 });
  return send('retried', [to(ada)]);
});

record('cancelled', async () => {
  const { moveworks } = stack();
  const { length: before } = await moveworks.requests();
  await moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 1, retryAfter: '600' });
  const handle = await start('cancelled', [to(ada)]);
  await until('the first attempt', async () => (await moveworks.requests()).length > before);
  await handle.cancel();
  await handle.result().catch(() => undefined);
  return handle.workflowId;
});

record('a-question', async () => {
  const { approvalId, requisitionId } = await ask();
  const cardId = 'n0123456789abcdef';
  return send('a-question', [
    { kind: 'question', approvalId, requisitionId, cardId, userId: 201, address: ada },
  ]);
});

record('continued-as-new', () =>
  send(
    'continued',
    Array.from({ length: 24 }, () => to(ada)),
  ),
);
