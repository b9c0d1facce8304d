import { decideSignal, lookUpSignal } from '../../../src/contract/messages.ts';
import { approvalWorkflowId } from '../../../src/contract/ids.ts';
import { startApproval } from '../../../src/activities/engine/approvals.ts';
import { recorder } from '../../support/record-histories.ts';
import { withAltered, type RequisitionBody } from '../../support/record-altered.ts';
import { ada, priced, stage } from '../../support/record-stage.ts';
import { until } from '../../support/until.ts';

const { stack, ask, begin, beginUnsent, seen, recheck, ended } = stage();
const record = recorder('approval-waiting', () => stack().client);

record('edited', async () => {
  const { approvalId, requisitionId } = await ask();
  const { api, coupa, moveworks } = stack();
  await coupa.edit(requisitionId, priced('1200.00'));
  await recheck(approvalId);
  await api.press(await moveworks.card(approvalId, 2));
  return ended(approvalId);
});

record('decided-elsewhere', async () => {
  const { approvalId } = await ask();
  await stack().coupa.decide(approvalId, { action: 'approve', userId: 201 });
  await recheck(approvalId);
  return ended(approvalId);
});

record('decided-elsewhere-before-a-press', async () => {
  const { approvalId, reference } = await ask();
  await stack().coupa.decide(approvalId, { action: 'reject', userId: 201, reason: 'in Coupa' });
  await stack().api.press(reference);
  return ended(approvalId);
});

record('decided-before-its-first-look', async () => {
  const { client, coupa } = stack();
  const { approvalId, requisitionId } = await coupa.submit({ chain: [201] });
  await coupa.decide(approvalId, { action: 'approve', userId: 201 });
  await startApproval(client, { approvalId, requisitionId });
  return ended(approvalId);
});

record('withdrawn', async () => {
  const { approvalId, requisitionId } = await ask();
  await stack().coupa.withdraw(requisitionId);
  await recheck(approvalId);
  return ended(approvalId);
});

record('withdrawn-before-a-press', async () => {
  const { approvalId, requisitionId, reference } = await ask();
  await stack().coupa.withdraw(requisitionId);
  await stack().api.press(reference);
  return ended(approvalId);
});

record('started-again-after-its-end', async () => {
  const { approvalId, requisitionId } = await ask();
  const { client, coupa } = stack();
  await coupa.withdraw(requisitionId);
  await recheck(approvalId);
  await ended(approvalId);
  const closedAt = new Date().toISOString();
  await startApproval(client, { approvalId, requisitionId }, { earlier: { outcome: 'withdrawn', closedAt } });
  await seen('waiting', approvalId, ({ state, timeline }) => state === 'waiting' && timeline.length > 0);
  return approvalWorkflowId(approvalId);
});

record('listed-then-asked', async () => {
  await stack().stopWorkers();
  await stack().startWorkers({ pilot: [] });
  const { approvalId } = await begin();
  await seen('listed', approvalId, ({ state }) => state === 'listed');
  await stack().stopWorkers();
  await stack().startWorkers();
  await recheck(approvalId);
  await stack().api.press(await stack().moveworks.card(approvalId));
  return ended(approvalId);
});

record('card-refused-then-sent', async () => {
  const { api, moveworks } = stack();
  await moveworks.fault({ route: 'send', kind: 'status', status: 400, times: 1 });
  const { approvalId } = await begin();
  await seen('stuck', approvalId, ({ state }) => state === 'stuck');
  await recheck(approvalId);
  await api.press(await moveworks.card(approvalId));
  return ended(approvalId);
});

record('card-retried-by-temporal', async () => {
  const { api, moveworks } = stack();
  await moveworks.fault({ route: 'send', kind: 'status', status: 503, times: 1 });
  const { approvalId } = await begin();
  await api.press(await moveworks.card(approvalId));
  return ended(approvalId);
});

record('withdrawn-with-its-card-under-way', async () => {
  const { approvalId, requisitionId } = await beginUnsent();
  await stack().coupa.withdraw(requisitionId);
  await recheck(approvalId);
  return ended(approvalId);
});

record('look-retried-by-temporal', async () => {
  const { api, coupa, moveworks } = stack();
  await coupa.fault({ route: 'approval', kind: 'status', status: 503, times: 1 });
  const { approvalId } = await begin();
  await api.press(await moveworks.card(approvalId));
  return ended(approvalId);
});

record('look-failed-then-asked', async () => {
  const { api, coupa, moveworks } = stack();
  await coupa.fault({ route: 'approval', kind: 'status', status: 403, times: 1 });
  const { approvalId } = await begin();
  await seen('stuck', approvalId, ({ state }) => state === 'stuck');
  await recheck(approvalId);
  await api.press(await moveworks.card(approvalId));
  return ended(approvalId);
});

record('look-failed-while-asked', async () => {
  const { approvalId, reference } = await ask();
  await stack().coupa.fault({ route: 'approval', kind: 'status', status: 403, times: 1 });
  await recheck(approvalId);
  await seen('in trouble', approvalId, ({ timeline }) => timeline.some(({ text }) => text.includes('403')));
  await stack().api.press(reference);
  return ended(approvalId);
});

record('waiting-then-its-turn', async () => {
  let approvalId = 0;
  // Pending already, while another row of the chain is the current one.
  const before = (requisition: RequisitionBody) => ({ ...requisition, 'current-approval': { id: 1 } });
  await withAltered(stack(), before, async () => {
    ({ approvalId } = await begin());
    await seen('waiting', approvalId, ({ state, timeline }) => state === 'waiting' && timeline.length > 0);
  });
  await recheck(approvalId);
  await stack().api.press(await stack().moveworks.card(approvalId));
  return ended(approvalId);
});

record('not-its-turn-any-more', async () => {
  const { approvalId, reference } = await ask();
  const before = (requisition: RequisitionBody) => ({ ...requisition, 'current-approval': { id: 1 } });
  await withAltered(stack(), before, async () => {
    await stack().api.press(reference);
  });
  await recheck(approvalId);
  await stack().api.press(await stack().moveworks.card(approvalId, 2));
  return ended(approvalId);
});

record('row-unknown-to-its-requisition-for-a-while', async () => {
  const { approvalId, reference } = await ask();
  const without = (requisition: RequisitionBody) => ({
    ...requisition,
    'current-approval': null,
    approvals: (requisition['approvals'] as { id: number }[]).filter(({ id }) => id !== approvalId),
  });
  await withAltered(stack(), without, async () => {
    await recheck(approvalId);
    await seen('looked for in vain', approvalId, ({ timeline }) =>
      timeline.some(({ text }) => text.startsWith('Not found')),
    );
    await stack().api.press(reference);
  });
  await recheck(approvalId);
  await stack().api.press(reference);
  return ended(approvalId);
});

record('decided-while-it-looks', async () => {
  const { approvalId, reference } = await ask();
  const { api, coupa } = stack();
  await coupa.fault({ route: 'approval', kind: 'delay', delayMs: 500, times: 1 });
  const { length: before } = await coupa.requests();
  await recheck(approvalId);
  await until('the look under way', async () => (await coupa.requests()).length > before);
  await recheck(approvalId);
  await recheck(approvalId);
  await api.press(reference);
  return ended(approvalId);
});

record('nobody-reachable', async () => {
  const { coupa } = stack();
  await coupa.person(203, { active: false });
  const { approvalId } = await begin({ chain: [203] });
  await seen('stuck', approvalId, ({ state }) => state === 'stuck');
  await coupa.person(203, { active: true });
  return approvalWorkflowId(approvalId);
});

record('signals-of-another-shape', async () => {
  const { approvalId } = await ask();
  const { api, client } = stack();
  const handle = client.workflow.getHandle(approvalWorkflowId(approvalId));
  await handle.signal(decideSignal.name, { decisionId: 'spelt by hand' });
  await handle.signal(lookUpSignal.name, 'nothing');
  await api.press(approvalId, { email: ada });
  return ended(approvalId);
});
