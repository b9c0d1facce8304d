import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../test/support/until.ts';
import type { Started } from '../processes/stack.ts';
import { startOf } from './observe.ts';

/** What has not come by then counts as this. */
const latestMs = 15 * 60_000;

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
  const latest = Promise.all(
    Array.from({ length: newRows }, async (_, index) => {
      await sleep(10_000 + index * 20_000);
      const atMs = Date.now();
      const { approvalId } = await coupa.submit();
      const startedAtMs = await startOf(client, approvalId, latestMs);
      const cards = await moveworks.cardsOf([approvalId], latestMs).catch(() => []);
      const since = (ms: number | undefined) => (ms === undefined ? latestMs : ms - atMs);
      return { newMs: since(startedAtMs), cardMs: since(cards[0]?.receivedAtMs) };
    }),
  );
  await until(
    'a workflow for each row',
    async () => (await client.workflow.count(open)).count >= rows,
    3_600_000,
  );
  const tookS = (Date.now() - beganAtMs) / 1_000;
  const fresh = await latest;
  return {
    rows,
    tookS,
    newMs: fresh.map(({ newMs }) => newMs),
    cardMs: fresh.map(({ cardMs }) => cardMs),
  };
}
