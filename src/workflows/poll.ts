import { ActivityCancellationType, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { createPollActivities } from '../activities/poll/activities.ts';
import type { PassInput, PollResult } from '../contract/poll.ts';
import { taskQueues } from '../contract/task-queues.ts';

const passes = proxyActivities<ReturnType<typeof createPollActivities>>({
  taskQueue: taskQueues.coupaPoll,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '1 minute',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '2 seconds', maximumInterval: '30 seconds', maximumAttempts: 4 },
});

const nothingYet: PollResult = { cursor: 0, highestSeen: 0, seenClosed: {}, told: {}, summary: '' };

/**
 * One look at Coupa's pending approvals, started by the schedule. What it found goes to the next run through
 * `lastResult`, so that no database is needed; losing it costs a pass, never an approval (P10).
 */
export async function poll(): Promise<PollResult> {
  const last = (workflowInfo().lastResult as PollResult | undefined) ?? nothingYet;
  const now = workflowInfo().startTime.toISOString();
  const input: PassInput = {
    cursor: last.cursor,
    highestSeen: last.highestSeen,
    seenClosed: last.seenClosed,
    told: last.told,
    now,
  };
  const quick = await passes.quickPass.executeWithOptions({ summary: 'Quick pass: what is new in Coupa' }, [
    input,
  ]);
  const full = await passes.fullPass.executeWithOptions(
    { summary: `Full pass: everything pending above approval ${input.cursor}` },
    [{ ...input, highestSeen: quick.highestSeen }],
  );
  const started = quick.started + full.started;
  return {
    cursor: full.cursor,
    highestSeen: full.highestSeen,
    seenClosed: { ...quick.seenClosed, ...full.seenClosed },
    told: full.told,
    summary: `${full.rows} rows pending, ${started} approvals started, ${full.rechecked} told to look again`,
  };
}
