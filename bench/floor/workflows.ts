import {
  ActivityCancellationType,
  allHandlersFinished,
  CancellationScope,
  condition,
  proxyActivities,
  setHandler,
  sleep,
  upsertMemo,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { approvalStateKey } from '../../src/contract/search-attributes.ts';
import type { FloorActivities } from './activities.ts';
import { floorDecide, floorQueues, floorSettled } from './contract.ts';

function on(taskQueue: string) {
  return proxyActivities<FloorActivities>({
    taskQueue,
    startToCloseTimeout: '2 minutes',
    heartbeatTimeout: '15 seconds',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
}

const { look, handOver } = on(floorQueues.read);
const { sendCard, notify } = on(floorQueues.messages);
const { carryOut } = on(floorQueues.decide);
const { startAfter } = on(floorQueues.workflows);

function show(state: string): void {
  upsertSearchAttributes([{ key: approvalStateKey, value: state }]);
  upsertMemo({ approval: { state } });
}

/** The steps of an approval's workflow with nothing in them: its history has the same events, one for one. */
export async function floorApproval(id: string): Promise<void> {
  let decided = false;
  let settled = false;
  setHandler(floorDecide, () => void (decided = true));
  setHandler(floorSettled, async () => {
    await condition(() => settled);
    return 'carriedOut';
  });
  await look();
  const sending = sendCard(id);
  show('asked');
  await sending;
  const reminder = new CancellationScope();
  reminder.run(() => sleep('1 day')).catch(() => undefined);
  await condition(() => decided);
  await carryOut();
  const following = startAfter(id);
  show('closed');
  settled = true;
  await following;
  await condition(allHandlersFinished);
}

/** The steps of what follows an approval's end. */
export async function floorAfter(): Promise<void> {
  await Promise.all([handOver(), notify()]);
}
