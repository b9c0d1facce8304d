import { lookUpCardId } from '../../../src/references/card-ids.ts';
import { approvalWorkflowId } from '../../../src/contract/ids.ts';
import { approvalMemoKey, type ApprovalMemo } from '../../../src/contract/approval.ts';
import { lookUpSignal } from '../../../src/contract/messages.ts';
import type { Mode } from '../../../src/contract/mode.ts';
import { withWorkers } from '../../support/record-altered.ts';
import { withCrowd } from '../../support/record-crowd.ts';
import { recorder } from '../../support/record-histories.ts';
import { sentTo, stage } from '../../support/record-stage.ts';
import { until } from '../../support/until.ts';

const { stack, begin, seen, recheck, cardTo, ended } = stage();
const record = recorder('approval-policy', () => stack().client);

async function beginOfBoard(userIds: number[]) {
  await stack().coupa.group(41, { name: 'Finance Board', userIds });
  return begin({ requesterId: 101, chain: [{ group: 41 }] });
}

/** A reference as a look-up of this person hands it out. */
async function lookUp(approvalId: number, userId: number): Promise<string> {
  const handle = stack().client.workflow.getHandle(approvalWorkflowId(approvalId));
  const { memo, runId } = await handle.describe();
  const { factsHash = '' } = (memo?.[approvalMemoKey] ?? {}) as Partial<ApprovalMemo>;
  const cardId = lookUpCardId({ runId, userId, factsHash });
  await handle.signal(lookUpSignal, { cardId, userId, factsHash });
  return stack().references.sign({ approvalId, userId, card: cardId });
}

record('group-listed-then-looked-up', async () => {
  let approvalId = 0;
  await withWorkers(stack(), { policy: { skipGroups: true } }, async () => {
    ({ approvalId } = await beginOfBoard([202, 203]));
    await seen('listed', approvalId, ({ state }) => state === 'listed');
    await stack().api.press(await lookUp(approvalId, 203));
    await ended(approvalId);
  });
  return approvalWorkflowId(approvalId);
});

record('group-of-hundreds', async () => {
  let approvalId = 0;
  // More than are asked at once, and more than travel with an approval.
  const crowd = { size: 160, groupAskMax: 22 };
  await withCrowd(stack(), crowd, async (last) => {
    ({ approvalId } = await beginOfBoard([202]));
    await seen('with its cards sent', approvalId, sentTo(crowd.groupAskMax));
    await stack().api.press(await lookUp(approvalId, last));
    await ended(approvalId);
  });
  return approvalWorkflowId(approvalId);
});

/** An approval whose card went out in another mode, which then goes further. */
async function begunIn(mode: Mode): Promise<string> {
  let approvalId = 0;
  await withWorkers(stack(), { policy: { mode } }, async () => {
    ({ approvalId } = await begin());
    await seen('with its card sent', approvalId, sentTo(1));
  });
  await recheck(approvalId);
  await stack().api.press(await cardTo(approvalId, 201));
  return ended(approvalId);
}

record('in-shadow-then-asked', () => begunIn('shadow'));

record('told-to-decide-in-coupa-then-asked', () => begunIn('notify'));

record('card-that-a-worker-in-shadow-took', async () => {
  const { moveworks } = stack();
  const { length: before } = await moveworks.requests();
  // Long enough for the workers to change.
  await moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 1, retryAfter: '8' });
  const { approvalId } = await begin();
  await until('the first attempt at the card', async () => (await moveworks.requests()).length > before);
  await withWorkers(stack(), { policy: { mode: 'shadow' } }, async () => {
    await seen('without its card', approvalId, ({ state }) => state === 'stuck');
  });
  await recheck(approvalId);
  await stack().api.press(await cardTo(approvalId, 201));
  return ended(approvalId);
});
