import { ScheduleOverlapPolicy } from '@temporalio/client';
import { pollScheduleId } from '../../../src/contract/ids.ts';
import { recorder } from '../../support/record-histories.ts';
import { priced, stage } from '../../support/record-stage.ts';
import { until } from '../../support/until.ts';
import { pollingOf } from '../../support/polling.ts';

const { stack, ask } = stage();
const record = recorder('poll', () => stack().client);

/** Has the schedule start one run. */
async function begin() {
  const { client } = stack();
  const schedule = client.schedule.getHandle(pollScheduleId);
  const taken = (await schedule.describe()).info.numActionsTaken;
  // As a wake-up does: what one run found goes to the next one.
  await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ONE);
  const { workflow } = await until('the run of the poll', async () => {
    const { info } = await schedule.describe();
    return info.numActionsTaken > taken && info.recentActions.at(-1)?.action;
  });
  return client.workflow.getHandle(workflow.workflowId, workflow.firstExecutionRunId);
}

/** The same, until it has ended, well or not; gives its workflow id. */
async function run(): Promise<string> {
  const handle = await begin();
  await handle.result().catch(() => undefined);
  return handle.workflowId;
}

record('first-run', run);

record('new-approvals', async () => {
  const { coupa, moveworks } = stack();
  const submitted = await coupa.submit({ chain: [201] });
  const workflowId = await run();
  await moveworks.card(submitted.approvalId);
  return workflowId;
});

record('nothing-new-after-another-run', run);

record('a-decision-in-coupa', async () => {
  const { approvalId } = await ask();
  await pollingOf(stack()).listedAsAsked([approvalId]);
  await stack().coupa.decide(approvalId, { action: 'approve', userId: 201 });
  return run();
});

record('a-difference', async () => {
  const { approvalId, requisitionId } = await ask();
  await pollingOf(stack()).listedAsAsked([approvalId]);
  await stack().coupa.edit(requisitionId, priced('1200.00'));
  return run();
});

record('escalated-in-place', async () => {
  const { approvalId } = await ask();
  await pollingOf(stack()).listedAsAsked([approvalId]);
  const { coupa } = stack();
  // No date moves; that the requisition is new would betray it all the same, if Coupa listed it by its date.
  await coupa.escalate(approvalId, { toUserId: 202 });
  await coupa.fault({ route: 'requisitions', kind: 'status', status: 503, times: 1 });
  return run();
});

record('gone-without-a-date', async () => {
  const { approvalId, requisitionId } = await ask();
  await pollingOf(stack()).listedAsAsked([approvalId]);
  await stack().coupa.remove(requisitionId);
  return run();
});

record('other-documents-counted', async () => {
  await stack().coupa.documents({ type: 'ExpenseReport', count: 2, approverId: 201 });
  await stack().coupa.documents({ type: 'InvoiceHeader', approverId: 201 });
  return run();
});

record('delegations-changed', async () => {
  const { approvalId } = await ask();
  await pollingOf(stack()).listedAsAsked([approvalId]);
  await stack().coupa.delegate({ delegatorId: 201, delegateId: 202 });
  return run();
});

record('delegations-to-be-told-again', run);

record('retried-by-temporal', async () => {
  await stack().coupa.fault({ route: 'approvals', kind: 'status', status: 503, times: 1 });
  return run();
});

record('state-pass-fails', async () => {
  // A redirect concerns every request: nothing is compared in this run.
  await stack().coupa.fault({ route: 'requisitions', kind: 'redirect', times: 100 });
  const workflowId = await run();
  await stack().coupa.clearFaults();
  return workflowId;
});

record('full-pass-fails', async () => {
  const { coupa } = stack();
  // The quick pass makes two requests, the full pass the next one.
  await coupa.fault({ route: 'approvals', kind: 'delay', delayMs: 0, times: 2 });
  await coupa.fault({ route: 'approvals', kind: 'status', status: 403, times: 1 });
  return run();
});

record('cancelled', async () => {
  const { coupa } = stack();
  const { length: before } = await coupa.requests();
  await coupa.fault({ route: 'approvals', kind: 'delay', delayMs: 3_000, times: 1 });
  const handle = await begin();
  await until('the first request', async () => (await coupa.requests()).length > before);
  await handle.cancel();
  await handle.result().catch(() => undefined);
  return handle.workflowId;
});

record('cancelled-in-its-state-pass', async () => {
  const { coupa } = stack();
  await ask();
  await coupa.fault({ route: 'requisitions', kind: 'delay', delayMs: 3_000, times: 1 });
  const handle = await begin();
  await until('the state pass', async () => {
    const { events } = await handle.fetchHistory();
    return events?.some(
      (each) => each.activityTaskScheduledEventAttributes?.activityType?.name === 'statePass',
    );
  });
  await handle.cancel();
  await handle.result().catch(() => undefined);
  await coupa.clearFaults();
  return handle.workflowId;
});

record('coupa-refuses', async () => {
  await stack().coupa.fault({ route: 'approvals', kind: 'status', status: 403, times: 100 });
  const workflowId = await run();
  await stack().coupa.clearFaults();
  return workflowId;
});

record('in-quick-succession', async () => {
  // Of a comparison that failed nobody knows how many requests it made, so that it costs all that it might have made.
  await stack().coupa.fault({ route: 'requisitions', kind: 'redirect', times: 100 });
  const hasWaited = async (workflowId: string): Promise<boolean> => {
    const { events } = await stack().client.workflow.getHandle(workflowId).fetchHistory();
    return events?.some((each) => each.timerFiredEventAttributes != null) ?? false;
  };
  const workflowId = await until('a run that waits', async () => {
    const last = await run();
    return (await hasWaited(last)) && last;
  });
  await stack().coupa.clearFaults();
  return workflowId;
});
