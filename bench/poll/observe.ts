import type { Client } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { approvalWorkflowId } from '../../src/contract/ids.ts';

/** Milliseconds since 1970 of a first look that finds something, or undefined when `withinMs` are over. */
async function seek(look: () => Promise<number | undefined>, withinMs: number): Promise<number | undefined> {
  const endsAtMs = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined || Date.now() > endsAtMs) return found;
    await sleep(250);
  }
}

/** When the workflow of an approval was started (ms since 1970). */
export function startOf(client: Client, approvalId: number, withinMs: number): Promise<number | undefined> {
  const handle = client.workflow.getHandle(approvalWorkflowId(approvalId));
  return seek(
    () =>
      handle.describe().then(
        ({ startTime }) => startTime.getTime(),
        () => undefined,
      ),
    withinMs,
  );
}

/** When an approval was first told to look again (ms since 1970). */
export function toldAt(client: Client, approvalId: number, withinMs: number): Promise<number | undefined> {
  const handle = client.workflow.getHandle(approvalWorkflowId(approvalId));
  return seek(async () => {
    const { events } = await handle.fetchHistory();
    const told = events?.find((event) => event.workflowExecutionSignaledEventAttributes != null)?.eventTime;
    return told == null ? undefined : Number(told.seconds) * 1_000 + (told.nanos ?? 0) / 1e6;
  }, withinMs);
}
