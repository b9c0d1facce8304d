import { recorder } from '../../support/record-histories.ts';
import { stageOfDays } from '../../support/record-days.ts';
import { startApproval } from '../../../src/activities/engine/approvals.ts';

const { days, ask, seen, press, ended } = stageOfDays();
const record = recorder('approval-days', () => days().environment.client);

const sleep = (howLong: string) => days().environment.sleep(howLong);

record('reminded-twice-then-approved', async () => {
  const { approvalId } = await ask();
  await sleep('25 hours');
  await seen('reminded once', approvalId, ({ reminders }) => reminders === 1);
  await sleep('24 hours');
  await seen('reminded twice', approvalId, ({ reminders }) => reminders === 2);
  await press(approvalId);
  return ended(approvalId);
});

record('decided-elsewhere-before-a-reminder', async () => {
  const { approvalId } = await ask();
  await days().coupa.decide(approvalId, { action: 'approve', userId: 201 });
  return ended(approvalId);
});

record('gone-at-a-second-look', async () => {
  const { approvalId, requisitionId } = await ask();
  await days().coupa.remove(requisitionId);
  return ended(approvalId);
});

record('gone-before-a-press', async () => {
  const { approvalId, requisitionId } = await ask();
  await days().coupa.remove(requisitionId);
  await press(approvalId);
  return ended(approvalId);
});

record('stuck-then-asked-by-the-timer', async () => {
  const { coupa, moveworks, environment } = days();
  await coupa.fault({ route: 'approval', kind: 'status', status: 403, times: 1 });
  const submitted = await coupa.submit({ chain: [201] });
  await startApproval(environment.client, submitted);
  const { approvalId } = submitted;
  await seen('stuck', approvalId, ({ state }) => state === 'stuck');
  await sleep('16 minutes');
  await moveworks.card(approvalId);
  await press(approvalId);
  return ended(approvalId);
});

record('carry-out-tried-again-by-the-timer', async () => {
  const { approvalId } = await ask();
  await days().coupa.fault({ route: 'approval', kind: 'status', status: 403, times: 1 });
  await press(approvalId, 'reject');
  return ended(approvalId);
});

record('submitted-anew', async () => {
  const { approvalId, requisitionId } = await ask();
  await days().coupa.withdraw(requisitionId);
  await days().coupa.resubmit(requisitionId);
  return ended(approvalId);
});
