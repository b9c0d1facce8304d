import { approvalWorkflowId } from '../../../src/contract/ids.ts';
import { recorder } from '../../support/record-histories.ts';
import { ada, stage } from '../../support/record-stage.ts';
import { until } from '../../support/until.ts';

// After so few events Temporal suggests a new run: months of history in a second.
const { stack, ask, beginUnsent, recheck, ended } = stage({
  temporal: { dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 25 } },
});
const record = recorder('approval-renewed', () => stack().client);

/** Which run is the latest, how many activities it has completed, and whether it waits for what comes next. */
async function stateOf(approvalId: number) {
  const handle = stack().client.workflow.getHandle(approvalWorkflowId(approvalId));
  const { runId } = await handle.describe();
  const events = (await handle.fetchHistory()).events ?? [];
  const done = events.filter((each) => each.activityTaskCompletedEventAttributes != null).length;
  const begun = events.filter((each) => each.workflowTaskScheduledEventAttributes != null).length;
  const ended = events.filter((each) => each.workflowTaskCompletedEventAttributes != null).length;
  const isLast = events.every((each) => each.workflowExecutionContinuedAsNewEventAttributes == null);
  return { runId, done, rests: begun === ended && isLast };
}

/** Has an approval look once more, and waits until it or, after a change of runs, the next run has done so. */
async function look(approvalId: number): Promise<string> {
  const before = await stateOf(approvalId);
  await recheck(approvalId);
  return until('a look that is over', async () => {
    const { runId, done, rests } = await stateOf(approvalId);
    const isOver = rests && done > (runId === before.runId ? before.done : 0);
    return isOver && runId;
  });
}

record('with-its-card', async () => {
  const { approvalId, reference } = await ask();
  const first = await look(approvalId);
  await until('a new run', async () => (await look(approvalId)) !== first);
  await stack().api.press(reference);
  return ended(approvalId);
});

record('with-a-card-cut-short', async () => {
  const { approvalId } = await beginUnsent();
  await look(approvalId);
  await look(approvalId);
  // Nothing more is begun while the card is under way; the decision ends that, and the next run carries it out.
  await stack().api.press(approvalId, { email: ada });
  return ended(approvalId);
});

record('with-a-decision-that-waits', async () => {
  const { approvalId, reference } = await ask();
  // The answer that Temporal does not retry comes late enough in the history to end the run.
  await stack().coupa.fault({ route: 'approval', kind: 'status', status: 403, times: 1 });
  await stack().api.press(reference);
  return ended(approvalId);
});
