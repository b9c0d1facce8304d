import { ActivityCancellationType, proxyActivities, sleep } from '@temporalio/workflow';
import type { createHandOverActivities } from '../activities/engine/activities.ts';
import type { createMessageActivities } from '../activities/messages/activities.ts';
import type { AfterInput, HandOver } from '../contract/after.ts';
import { taskQueues } from '../contract/task-queues.ts';

const messages = proxyActivities<ReturnType<typeof createMessageActivities>>({
  taskQueue: taskQueues.moveworks,
  startToCloseTimeout: '90 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '2 seconds', maximumInterval: '5 minutes', maximumAttempts: 20 },
});

const handOvers = proxyActivities<ReturnType<typeof createHandOverActivities>>({
  taskQueue: taskQueues.coupaRead,
  startToCloseTimeout: '1 minute',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 20 },
});

/** The next row may appear a moment after the decision; whatever appears later the poll finds. */
const lookAgainAfterMs = [0, 2_000, 5_000, 15_000];

async function handOver({ approvalId, requisitionId }: AfterInput): Promise<HandOver> {
  let found: HandOver = { told: [], finished: false };
  for (const waitMs of lookAgainAfterMs) {
    if (waitMs > 0) await sleep(waitMs, { summary: 'The next approval may appear a moment later' });
    found = await handOvers.handOver.executeWithOptions(
      { summary: `Look for the next approval of requisition ${requisitionId}` },
      [{ approvalId, requisitionId }],
    );
    if (found.finished || found.told.length > 0) return found;
  }
  return found;
}

async function notify({ sheet, standing, reason }: AfterInput): Promise<string> {
  if (sheet === null || standing === undefined) return 'not wanted';
  const input = { sheet, standing, ...(reason === undefined ? {} : { reason }) };
  return messages.notifyRequester.executeWithOptions({ summary: 'Tell the requester how it ended' }, [input]);
}

/** What one branch came to, in words that hold nothing private. */
function outcomeOf(settled: PromiseSettledResult<unknown>): string {
  return settled.status === 'fulfilled' ? 'done' : 'failed';
}

/**
 * What follows the end of an approval: the requester hears of our decision, and the next approval is told that it
 * is its turn, also when Coupa decided. Neither waits for the other, and neither stood before the answer to the
 * approver (P11).
 */
export async function after(input: AfterInput): Promise<string> {
  const [handed, notified] = await Promise.allSettled([handOver(input), notify(input)]);
  const told = handed.status === 'fulfilled' ? handed.value.told.join(', ') : '';
  return `hand-over ${outcomeOf(handed)}${told === '' ? '' : ` to ${told}`}; notice ${outcomeOf(notified)}`;
}
