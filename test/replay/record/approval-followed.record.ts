import { ApplicationFailure } from '@temporalio/common';
import { approvalWorkflowId } from '../../../src/contract/ids.ts';
import { decideSignal } from '../../../src/contract/messages.ts';
import { withGatedStarts } from '../../support/record-altered.ts';
import { recorder } from '../../support/record-histories.ts';
import { stage } from '../../support/record-stage.ts';

const { stack, ask, ended } = stage();
const record = recorder('approval-followed', () => stack().client);

/** Approves an approval on workers that can start what follows only as `gate` lets them. */
async function approveThrough(gate: () => Promise<void>, then: (approvalId: number) => Promise<void>) {
  const { approvalId, reference } = await ask();
  await withGatedStarts(stack(), gate, async () => {
    await stack().api.press(reference);
    await then(approvalId);
    await ended(approvalId);
  });
  return approvalWorkflowId(approvalId);
}

const nothingMore = () => Promise.resolve();

record('follow-up-failed', () =>
  approveThrough(() => Promise.reject(ApplicationFailure.nonRetryable('not to be started')), nothingMore),
);

record('follow-up-retried-by-temporal', () => {
  let tries = 0;
  const once = () => {
    tries += 1;
    return tries === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
  };
  return approveThrough(once, nothingMore);
});

record('pressed-after-its-end', () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return approveThrough(
    () => opened,
    async (approvalId) => {
      const handle = stack().client.workflow.getHandle(approvalWorkflowId(approvalId));
      // By hand: the API sees in the memo that it has ended, and signals no more.
      const late = { action: 'reject', actor: { userId: 201 }, via: 'card', caller: 'chat' } as const;
      const receivedAt = new Date().toISOString();
      await handle.signal(decideSignal, { ...late, decisionId: `late-${approvalId}`, receivedAt });
      open();
    },
  );
});
