import { WorkflowNotFoundError } from '@temporalio/client';
import type { AfterInput } from '../../../src/contract/after.ts';
import { afterWorkflowId, approvalWorkflowId, workflowTypes } from '../../../src/contract/ids.ts';
import { taskQueues } from '../../../src/contract/task-queues.ts';
import { plainText } from '../../support/history-text.ts';
import { recorder } from '../../support/record-histories.ts';
import { lostBy, stage } from '../../support/record-stage.ts';
import { until } from '../../support/until.ts';

const { stack, ask, begin, seen, recheck, ended } = stage();
const record = recorder('after', () => stack().client);

const refuseMessage = () => stack().moveworks.fault({ route: 'send', kind: 'status', status: 400, times: 1 });

/** The last workflow that an approval has started, once both have done so. */
async function told(approvalId: number): Promise<string> {
  const { workflow } = stack().client;
  const cause = await until(`what follows approval ${approvalId}`, async () => {
    const text = plainText(await workflow.getHandle(approvalWorkflowId(approvalId)).fetchHistory());
    return [...text.matchAll(/"cause":"([^"]+)"/g)].at(-1)?.[1];
  });
  const workflowId = afterWorkflowId(approvalId, cause);
  await until(`the workflow ${workflowId}`, () =>
    workflow
      .getHandle(workflowId)
      .result()
      .then(
        () => true,
        (error: unknown) => (error instanceof WorkflowNotFoundError ? false : Promise.reject(error as Error)),
      ),
  );
  return workflowId;
}

/** The same of an approval that ends. */
async function followed(approvalId: number): Promise<string> {
  await ended(approvalId);
  return told(approvalId);
}

/** Starts what follows an end by itself, while Coupa still shows the approval as the current one. */
function start(input: Pick<AfterInput, 'approvalId' | 'requisitionId'> & Partial<AfterInput>) {
  const cause = 'recorded';
  return stack().client.workflow.start<(input: AfterInput) => Promise<string>>(workflowTypes.after, {
    workflowId: afterWorkflowId(input.approvalId, cause),
    taskQueue: taskQueues.workflows,
    args: [{ cause, ending: { outcome: 'decidedElsewhere' }, sheet: null, holders: [], ...input }],
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

record('escalated-and-its-holder-told', async () => {
  const { approvalId } = await ask();
  await stack().coupa.escalate(approvalId, { toUserId: 202 });
  await recheck(approvalId);
  await seen('no longer Ada’s', approvalId, lostBy(201));
  return told(approvalId);
});

record('holder-told-whose-card-came-after-the-end', async () => {
  const { coupa, moveworks } = stack();
  const { length: before } = await moveworks.requests();
  // Held back for less time than passes before a heartbeat would bring the word that nobody wants it.
  await moveworks.fault({ route: 'send', kind: 'delay', delayMs: 2_500, times: 1 });
  const { approvalId } = await begin();
  await until('the card on its way', async () => (await moveworks.requests()).length > before);
  await coupa.decide(approvalId, { action: 'approve', userId: 201 });
  await recheck(approvalId);
  return followed(approvalId);
});

record('more-holders-than-are-told-at-once', async () => {
  const { approvalId, requisitionId } = await ask();
  const holder = { id: 9_001, name: 'Member', address: 'member@example.test' };
  const sheet = {
    requisitionId,
    title: 'Laptops',
    status: 'pending_approval',
    justification: null,
    submittedAt: null,
    needByDate: null,
    department: null,
    costCentre: null,
    requester: null,
    createdBy: null,
    facts: { total: '12', currency: 'USD', lines: [] },
    factsHash: 'h',
    updatedAt: null,
  };
  const holders = Array.from({ length: 23 }, (_, index) => ({ ...holder, id: holder.id + index }));
  const handle = await start({ approvalId, requisitionId, sheet, holders, holdersOnly: true });
  await handle.result();
  return handle.workflowId;
});
