import { recorder } from '../../support/record-histories.ts';
import { ada, bo, priced, stage } from '../../support/record-stage.ts';
import { until } from '../../support/until.ts';

const { stack, ask, begin, beginUnsent, seen, ended } = stage();
const record = recorder('approval-decided', () => stack().client);

record('approved', async () => {
  const { approvalId, reference } = await ask();
  await stack().api.press(reference, { reason: 'looks good' });
  return ended(approvalId);
});

record('rejected', async () => {
  const { approvalId, reference } = await ask();
  await stack().api.press(reference, { action: 'reject', reason: 'too dear' });
  return ended(approvalId);
});

record('two-decisions-at-once', async () => {
  const { approvalId, reference } = await ask();
  const { api } = stack();
  await Promise.all([api.press(reference), api.press(reference, { action: 'reject', reason: 'no' })]);
  return ended(approvalId);
});

record('two-decisions-without-a-worker', async () => {
  const { approvalId, reference } = await ask();
  const { api } = stack();
  await stack().stopWorkers();
  await api.press(reference, { action: 'reject', reason: 'first', prefer: 'respond-async' });
  await api.press(reference, { prefer: 'respond-async' });
  await stack().startWorkers();
  return ended(approvalId);
});

record('refused-by-coupa-then-approved', async () => {
  const { approvalId, requisitionId, reference } = await ask();
  const { api, coupa } = stack();
  await coupa.refuse(requisitionId, 'Approval limit exceeded.');
  await api.press(reference);
  await coupa.refuse(requisitionId, null);
  await api.press(reference);
  return ended(approvalId);
});

record('first-of-two-refused', async () => {
  const { approvalId, reference } = await ask();
  const { api, coupa } = stack();
  await stack().stopWorkers();
  await coupa.fault({ route: 'approve', kind: 'status', status: 400, times: 1 });
  await api.press(reference, { prefer: 'respond-async' });
  await api.press(reference, { action: 'reject', reason: 'second', prefer: 'respond-async' });
  await stack().startWorkers();
  return ended(approvalId);
});

record('bare-id', async () => {
  const { approvalId } = await ask();
  const { api } = stack();
  await api.press(approvalId, { email: bo });
  await api.press(approvalId, { email: ada });
  return ended(approvalId);
});

record('look-up', async () => {
  const { approvalId } = await ask();
  const { api } = stack();
  const reference = await until('the row with its reference', async () => {
    const { body } = await api.request('GET', `/approvals?approver=${ada}&limit=100`);
    const rows = body['data'] as { id: number; reference?: string }[];
    return rows.find((row) => row.id === approvalId)?.reference;
  });
  await api.press(reference);
  return ended(approvalId);
});

record('changed-under-a-press', async () => {
  const { approvalId, requisitionId, reference } = await ask();
  const { api, coupa, moveworks } = stack();
  await coupa.edit(requisitionId, priced('1200.00'));
  await api.press(reference);
  const fresh = await moveworks.card(approvalId, 2);
  await api.press(approvalId, { email: ada });
  await api.press(reference);
  await api.press(fresh);
  return ended(approvalId);
});

record('carry-out-retried-by-temporal', async () => {
  const { approvalId, reference } = await ask();
  const { api, coupa } = stack();
  await coupa.fault({ route: 'approval', kind: 'status', status: 503, times: 2 });
  await api.press(reference);
  return ended(approvalId);
});

record('carry-out-failed-then-pressed-again', async () => {
  const { approvalId, reference } = await ask();
  const { api, coupa } = stack();
  // Terminal: Temporal does not retry it, the approval does.
  await coupa.fault({ route: 'approval', kind: 'status', status: 403, times: 1 });
  await api.press(reference, { prefer: 'wait=1' });
  await seen('in trouble', approvalId, ({ stuckReason }) => stuckReason !== undefined);
  await api.press(reference);
  return ended(approvalId);
});

record('card-cut-short-by-a-decision', async () => {
  const { approvalId } = await beginUnsent();
  await stack().api.press(approvalId, { email: ada });
  return ended(approvalId);
});

record('card-cut-short-by-a-decision-that-coupa-refused', async () => {
  const { api, coupa, moveworks } = stack();
  const { approvalId, requisitionId } = await beginUnsent();
  await coupa.refuse(requisitionId, 'Not yet.');
  await api.press(approvalId, { email: ada });
  const reference = await moveworks.card(approvalId);
  await coupa.refuse(requisitionId, null);
  await api.press(reference);
  return ended(approvalId);
});

record('card-sent-in-spite-of-a-decision', async () => {
  const { api, coupa, moveworks } = stack();
  const { length: before } = await moveworks.requests();
  // Held back for less time than passes between two heartbeats, which would bring the word that nobody wants it.
  await moveworks.fault({ route: 'send', kind: 'delay', delayMs: 1_500, times: 1 });
  const { approvalId, requisitionId } = await begin();
  await until('the card on its way', async () => (await moveworks.requests()).length > before);
  await coupa.refuse(requisitionId, 'Not yet.');
  await api.press(approvalId, { email: ada });
  await seen('with its card sent', approvalId, ({ cards }) => cards.some(({ sent }) => sent));
  await coupa.refuse(requisitionId, null);
  await api.press(await moveworks.card(approvalId));
  return ended(approvalId);
});
