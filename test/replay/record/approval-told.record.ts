import { approvalWorkflowId } from '../../../src/contract/ids.ts';
import { withGatedStarts } from '../../support/record-altered.ts';
import { recorder } from '../../support/record-histories.ts';
import { lostBy, sentTo, stage } from '../../support/record-stage.ts';
import { until } from '../../support/until.ts';

// After so many events Temporal suggests a new run, and not before a card was asked about.
const { stack, begin, seen, recheck, cardTo, ended } = stage({
  temporal: { dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 60 } },
});
const record = recorder('approval-told', () => stack().client);

/** Begins an approval whose card is taken, but so late that something may come between. */
async function beginLate() {
  const { length: before } = await stack().moveworks.requests();
  // For less time than passes before a heartbeat would bring the word that nobody wants it.
  await stack().moveworks.fault({ route: 'send', kind: 'delay', delayMs: 2_500, times: 1 });
  const submitted = await begin({ chain: [201, 202] });
  await until('the card on its way', async () => (await stack().moveworks.requests()).length > before);
  return submitted;
}

record('card-that-arrives-after-the-end', async () => {
  const { approvalId } = await beginLate();
  await stack().coupa.decide(approvalId, { action: 'approve', userId: 201 });
  await recheck(approvalId);
  return ended(approvalId);
});

record('card-that-arrives-after-a-withdrawal', async () => {
  const { approvalId, requisitionId } = await beginLate();
  await stack().coupa.withdraw(requisitionId);
  await recheck(approvalId);
  return ended(approvalId);
});

/** Whether Temporal has suggested a new run, in a workflow task that has ended. */
async function isToEnd(approvalId: number): Promise<boolean> {
  const { events } = await stack().client.workflow.getHandle(approvalWorkflowId(approvalId)).fetchHistory();
  const all = events ?? [];
  const suggested = all.findIndex(
    ({ workflowTaskStartedEventAttributes: begun }) => begun?.suggestContinueAsNew === true,
  );
  return (
    suggested >= 0 && all.slice(suggested).some((each) => each.workflowTaskCompletedEventAttributes != null)
  );
}

record('renewed-once-a-telling-is-begun', async () => {
  const { coupa, api } = stack();
  const delegation = await coupa.delegate({ delegatorId: 201, delegateId: 202 });
  const { approvalId } = await begin();
  await seen('with both cards sent', approvalId, sentTo(2));
  await coupa.undelegate(delegation);
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const handle = stack().client.workflow.getHandle(approvalWorkflowId(approvalId));
  await withGatedStarts(
    stack(),
    () => opened,
    async () => {
      await recheck(approvalId);
      await seen('no longer Bo’s', approvalId, lostBy(202));
      await until('a run that is to end', async () => {
        await recheck(approvalId);
        return isToEnd(approvalId);
      });
      const { runId } = await handle.describe();
      open();
      await until('the next run', async () => (await handle.describe()).runId !== runId);
      await api.press(await cardTo(approvalId, 201));
      await ended(approvalId);
    },
  );
  return approvalWorkflowId(approvalId);
});
