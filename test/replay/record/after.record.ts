import type { AfterInput } from '../../../src/contract/after.ts';
import { afterWorkflowId, workflowTypes } from '../../../src/contract/ids.ts';
import { taskQueues } from '../../../src/contract/task-queues.ts';
import { plainText } from '../../support/history-text.ts';
import { recorder } from '../../support/record-histories.ts';
import { stage } from '../../support/record-stage.ts';
import { until } from '../../support/until.ts';

const { stack, ask, recheck, ended } = stage();
const record = recorder('after', () => stack().client);

const refuseMessage = () => stack().moveworks.fault({ route: 'send', kind: 'status', status: 400, times: 1 });

/** The workflow that an approval's end started, once it has ended. */
async function followed(approvalId: number): Promise<string> {
  const { workflow } = stack().client;
  const told = plainText(await workflow.getHandle(await ended(approvalId)).fetchHistory());
  const [, cause] = /"cause":"([^"]+)"/.exec(told) ?? [];
  if (cause === undefined) throw new Error(`nothing followed approval ${approvalId}`);
  const workflowId = afterWorkflowId(approvalId, cause);
  await workflow.getHandle(workflowId).result();
  return workflowId;
}

/** Starts what follows an end by itself, while Coupa still shows the approval as the current one. */
function start(input: Pick<AfterInput, 'approvalId' | 'requisitionId'>) {
  const cause = 'recorded';
  return stack().client.workflow.start<(input: AfterInput) => Promise<string>>(workflowTypes.after, {
    workflowId: afterWorkflowId(input.approvalId, cause),
    taskQueue: taskQueues.workflows,
    args: [{ ...input, cause, ending: { outcome: 'decidedElsewhere' }, sheet: null, holders: [] }],
  });
}

async function decidedInCoupa(): Promise<number> {
  const { approvalId } = await ask();
  await stack().coupa.decide(approvalId, { action: 'approve', userId: 201 });
  return approvalId;
}

record('handed-over-at-once', async () => {
  const { approvalId, reference } = await ask({ chain: [201, 202] });
  await stack().api.press(reference);
  return followed(approvalId);
});

record('last-of-its-chain', async () => {
  const { approvalId, reference } = await ask();
  await stack().api.press(reference);
  return followed(approvalId);
});

record('rejected-and-the-requester-told', async () => {
  const { approvalId, reference } = await ask();
  await stack().api.press(reference, { action: 'reject', reason: 'too dear' });
  return followed(approvalId);
});

/** Coupa decides, and so names the next approval, while it is waited for the `wait`th time. */
async function decidedIn(wait: number): Promise<string> {
  const { approvalId, requisitionId } = await ask({ chain: [201, 202] });
  const handle = await start({ approvalId, requisitionId });
  await until(`wait ${wait}`, async () => {
    const { events } = await handle.fetchHistory();
    return events?.filter((event) => event.timerStartedEventAttributes != null).length === wait;
  });
  await stack().coupa.decide(approvalId, { action: 'approve', userId: 201 });
  await handle.result();
  return handle.workflowId;
}

record('handed-over-after-a-wait', () => decidedIn(1));

record('handed-over-after-two-waits', () => decidedIn(2));

record('nobody-next-after-all-waits', async () => {
  const { approvalId, requisitionId } = await ask();
  const handle = await start({ approvalId, requisitionId });
  await handle.result();
  return handle.workflowId;
});

record('holder-told', async () => {
  const approvalId = await decidedInCoupa();
  await recheck(approvalId);
  return followed(approvalId);
});

record('holder-refused-by-moveworks', async () => {
  const approvalId = await decidedInCoupa();
  await refuseMessage();
  await recheck(approvalId);
  return followed(approvalId);
});

record('holder-told-once-moveworks-is-up', async () => {
  const approvalId = await decidedInCoupa();
  await stack().moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 1 });
  await recheck(approvalId);
  return followed(approvalId);
});

record('requester-refused-by-moveworks', async () => {
  const { approvalId, reference } = await ask();
  await refuseMessage();
  await stack().api.press(reference, { action: 'reject' });
  return followed(approvalId);
});

record('requester-told-once-moveworks-is-up', async () => {
  const { approvalId, reference } = await ask();
  await stack().moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 1 });
  await stack().api.press(reference, { action: 'reject' });
  return followed(approvalId);
});

record('handed-over-once-coupa-is-up', async () => {
  const { approvalId, requisitionId } = await ask({ chain: [201, 202] });
  await stack().coupa.decide(approvalId, { action: 'approve', userId: 201 });
  await stack().coupa.fault({ route: 'requisition', kind: 'status', status: 503, times: 1 });
  const handle = await start({ approvalId, requisitionId });
  await handle.result();
  return handle.workflowId;
});

record('hand-over-refused-by-coupa', async () => {
  const { approvalId, requisitionId } = await ask();
  await stack().coupa.fault({ route: 'requisition', kind: 'status', status: 403, times: 1 });
  const handle = await start({ approvalId, requisitionId });
  await handle.result();
  return handle.workflowId;
});
