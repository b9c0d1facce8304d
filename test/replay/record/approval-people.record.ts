import { withAltered, type RequisitionBody } from '../../support/record-altered.ts';
import { recorder } from '../../support/record-histories.ts';
import { ada, bo, lostBy, sentTo, stage } from '../../support/record-stage.ts';

const groupAskMax = 2;
const { stack, ask, begin, seen, cardTo, recheck, ended } = stage({ policy: { groupAskMax } });
const record = recorder('approval-people', () => stack().client);

let lastGroup = 40;
/** Begins an approval of a group of these people. */
async function beginOf(...userIds: number[]) {
  lastGroup += 1;
  const groupId = lastGroup;
  const join = (...ids: number[]) => stack().coupa.group(groupId, { name: 'Finance Board', userIds: ids });
  await join(...userIds);
  return { ...(await begin({ requesterId: 101, chain: [{ group: groupId }] })), join };
}

/** Begins an approval of Ada's while she delegates to Bo, until both hold a card. */
async function beginDelegated() {
  const delegation = await stack().coupa.delegate({ delegatorId: 201, delegateId: 202 });
  const { approvalId } = await begin();
  await seen('with both cards sent', approvalId, sentTo(2));
  return { approvalId, undelegate: () => stack().coupa.undelegate(delegation) };
}

record('group-of-which-one-decides', async () => {
  const { approvalId } = await beginOf(202, 203);
  await seen('with both cards sent', approvalId, sentTo(2));
  await stack().api.press(await cardTo(approvalId, 203));
  return ended(approvalId);
});

record('group-of-which-a-part-is-asked', async () => {
  const { approvalId } = await beginOf(201, 202, 203, 204);
  await seen('with its cards sent', approvalId, sentTo(groupAskMax));
  await stack().api.press(approvalId, { email: 'di.rector@example.test' });
  return ended(approvalId);
});

record('group-that-one-leaves-and-another-joins', async () => {
  const { approvalId, join } = await beginOf(202, 203);
  await seen('with both cards sent', approvalId, sentTo(2));
  await join(203, 204);
  await recheck(approvalId);
  await seen('with another card sent', approvalId, sentTo(3));
  await stack().api.press(await cardTo(approvalId, 204));
  return ended(approvalId);
});

record('group-of-nobody-then-of-somebody', async () => {
  const { approvalId, join } = await beginOf();
  await seen('stuck', approvalId, ({ state }) => state === 'stuck');
  await join(202);
  await recheck(approvalId);
  await stack().api.press(await cardTo(approvalId, 202));
  return ended(approvalId);
});

record('delegate-decides', async () => {
  const { approvalId, undelegate } = await beginDelegated();
  await stack().api.press(await cardTo(approvalId, 202));
  await undelegate();
  return ended(approvalId);
});

record('delegation-over-while-asked', async () => {
  const { approvalId, undelegate } = await beginDelegated();
  await undelegate();
  await recheck(approvalId);
  await seen('no longer Bo’s', approvalId, lostBy(202));
  await stack().api.press(await cardTo(approvalId, 201));
  return ended(approvalId);
});

record('delegation-over-before-a-press', async () => {
  const { approvalId, undelegate } = await beginDelegated();
  await undelegate();
  await stack().api.press(await cardTo(approvalId, 202));
  await seen('no longer Bo’s', approvalId, lostBy(202));
  await stack().api.press(await cardTo(approvalId, 201));
  return ended(approvalId);
});

record('escalated-in-place', async () => {
  const { approvalId } = await ask();
  await stack().coupa.escalate(approvalId, { toUserId: 202 });
  await recheck(approvalId);
  await stack().api.press(await cardTo(approvalId, 202));
  return ended(approvalId);
});

record('escalated-in-place-with-its-card-under-way', async () => {
  const { coupa, moveworks } = stack();
  // Held back for less time than passes before a heartbeat would bring the word that nobody wants it.
  await moveworks.fault({ route: 'send', kind: 'delay', delayMs: 2_500, times: 1 });
  const { approvalId } = await begin();
  await seen('with a card under way', approvalId, ({ cards }) => cards.length > 0);
  await coupa.escalate(approvalId, { toUserId: 202 });
  await recheck(approvalId);
  await seen('with both cards sent', approvalId, sentTo(2));
  await stack().api.press(await cardTo(approvalId, 202));
  return ended(approvalId);
});

record('not-its-turn-for-a-while', async () => {
  const { approvalId } = await ask();
  const before = (requisition: RequisitionBody) => ({ ...requisition, 'current-approval': { id: 1 } });
  await withAltered(stack(), before, async () => {
    await recheck(approvalId);
    await seen('waiting', approvalId, ({ state }) => state === 'waiting');
  });
  await recheck(approvalId);
  await stack().api.press(await cardTo(approvalId, 201, 2));
  return ended(approvalId);
});

record('address-of-two-for-a-while', async () => {
  const { coupa } = stack();
  await coupa.person(203, { email: ada });
  const { approvalId } = await begin();
  await seen('stuck', approvalId, ({ state }) => state === 'stuck');
  await coupa.person(203, { email: 'cy.nod@example.test' });
  await recheck(approvalId);
  await stack().api.press(await cardTo(approvalId, 201));
  return ended(approvalId);
});

record('address-of-two-while-asked', async () => {
  const { approvalId, reference } = await ask({ chain: [202] });
  const { api, coupa } = stack();
  await coupa.person(203, { email: bo });
  await recheck(approvalId);
  await seen('stuck', approvalId, ({ state }) => state === 'stuck');
  await api.press(reference);
  await coupa.person(203, { email: 'cy.nod@example.test' });
  await recheck(approvalId);
  await api.press(await cardTo(approvalId, 202, 2));
  return ended(approvalId);
});
