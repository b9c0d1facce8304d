import { ActivityCancellationType, condition, proxyActivities, sleep } from '@temporalio/workflow';
import type { createHandOverActivities } from '../activities/engine/activities.ts';
import type { createMessageActivities } from '../activities/messages/activities.ts';
import type { AfterInput, HandOver } from '../contract/after.ts';
import { taskQueues } from '../contract/task-queues.ts';
import { createRoom, messagesAtOnce } from './room.ts';

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

async function notifyRequester({ sheet, ending, reason }: AfterInput): Promise<string> {
  const { standing } = ending;
  if (sheet === null || standing === undefined) return 'not wanted';
  const input = { sheet, standing, ...(reason === undefined ? {} : { reason }) };
  return messages.notifyRequester.executeWithOptions({ summary: 'Tell the requester how it ended' }, [input]);
}

/** Each holder hears for themselves: one whom Moveworks does not know must not keep it from the others. */
async function tellHolders({ sheet, ending, reason, holders }: AfterInput): Promise<void> {
  if (sheet === null) return;
  const about = { sheet, ending, ...(reason === undefined ? {} : { reason }) };
  const inRoom = createRoom(messagesAtOnce, condition);
  const told = await Promise.allSettled(
    holders.map((to) => {
      const summary = `Tell Coupa user ${to.id} that the card asks nothing any more`;
      return inRoom(() => messages.tellHolder.executeWithOptions({ summary }, [{ to, ...about }]));
    }),
  );
  const failed = told.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** What one branch came to, in words that hold nothing private. */
function outcomeOf(settled: PromiseSettledResult<unknown>): string {
  return settled.status === 'fulfilled' ? 'done' : 'failed';
}

/** What became of the messages to those who hold a card, in words that hold nothing private. */
function holdersOutcome({ holders }: AfterInput, told: PromiseSettledResult<unknown>): string {
  return `${holders.length} holders of a card ${outcomeOf(told)}`;
}

/**
 * What follows the end of an approval: the next approval is told that it is its turn, also when Coupa decided; the
 * requester hears of our decision, and whoever holds a card of the end. None of them waits for another, and none
 * stood before the answer to the approver (P11). Where an open approval only passed on from somebody, or
 * a card arrived after the end was followed, their holders alone hear.
 */
export async function after(input: AfterInput): Promise<string> {
  if (input.ending.outcome === 'passedOn' || input.holdersOnly === true) {
    const [told] = await Promise.allSettled([tellHolders(input)]);
    return holdersOutcome(input, told);
  }
  const [handed, notified, told] = await Promise.allSettled([
    handOver(input),
    notifyRequester(input),
    tellHolders(input),
  ]);
  const next = handed.status === 'fulfilled' ? handed.value.told.join(', ') : '';
  return [
    `hand-over ${outcomeOf(handed)}${next === '' ? '' : ` to ${next}`}`,
    `requester ${outcomeOf(notified)}`,
    holdersOutcome(input, told),
  ].join('; ');
}
