import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../test/support/until.ts';
import type { Started } from '../processes/stack.ts';
import { startOf } from './observe.ts';

export interface StartUp {
  readonly rows: number;
  /** From the first poll until every row had its workflow. */
  readonly tookS: number;
  /** From the submission of a new row, in the middle of it, to its workflow. */
  readonly newMs: readonly number[];
  /** The same, to its card. */
  readonly cardMs: readonly number[];
}

const open = 'WorkflowType = "approval" AND ExecutionStatus IN ("Running", "Completed")';

/** A first start with rows waiting: polls as the schedule makes them, with new rows coming meanwhile. */
export async function startUp(
  { client, coupa, moveworks, api }: Started,
  { rows, seed, newRows }: { readonly rows: number; readonly seed: number; readonly newRows: number },
): Promise<StartUp> {
  await coupa.rows(seed, rows);
  const beganAtMs = Date.now();
  await api.wakePoll();
  const latest = Array.from({ length: newRows }, async (_, index) => {
    await sleep(10_000 + index * 20_000);
    const atMs = Date.now();
    const { approvalId } = await coupa.submit();
    const startedAtMs = (await startOf(client, approvalId, 300_000)) ?? Number.NaN;
    const [card] = await moveworks.cardsOf([approvalId], 300_000);
    return { newMs: startedAtMs - atMs, cardMs: (card?.receivedAtMs ?? Number.NaN) - atMs };
  });
  await until(
    'a workflow for each row',
    async () => (await client.workflow.count(open)).count >= rows,
    3_600_000,
  );
  const tookS = (Date.now() - beganAtMs) / 1_000;
  const fresh = await Promise.all(latest);
  return {
    rows,
    tookS,
    newMs: fresh.map(({ newMs }) => newMs),
    cardMs: fresh.map(({ cardMs }) => cardMs),
  };
}
