import type { Client } from '@temporalio/client';
import type { PendingApprovalRow } from '../../connectors/coupa/types.ts';
import { earlierRun, startApproval } from '../engine/approvals.ts';

/** A row whose workflow has closed must be pending this long after the close before it is asked about again. */
const restartAfterMs = 2 * 60_000;

export interface Started {
  readonly started: number;
  /** Rows whose workflow has closed, with when a pass first saw them so. */
  readonly seenClosed: Readonly<Record<string, string>>;
}

/**
 * Starts a workflow for every row that has none. One whose workflow closed is started again only when it was
 * pending in an earlier run's pass and is so still, at least 2 minutes after the close: a list that was read
 * just before a decision must not ask again. Coupa's `updated-at` never decides. Throws the signal's reason between
 * two rows: a page takes seconds, and a worker that stops has few.
 */
export async function startMissing(
  client: Client,
  rows: readonly PendingApprovalRow[],
  before: { readonly seenClosed: Readonly<Record<string, string>>; readonly now: string },
  signal: AbortSignal,
): Promise<Started> {
  const seenClosed: Record<string, string> = {};
  let started = 0;
  for (const row of rows) {
    signal.throwIfAborted();
    const at = { approvalId: row.id, requisitionId: row.approvableId };
    if ((await startApproval(client, at)) === 'started') {
      started += 1;
      continue;
    }
    const firstSeen = before.seenClosed[row.id];
    const earlier = await earlierRun(client, row.id);
    const restMs = earlier === undefined ? 0 : Date.parse(before.now) - Date.parse(earlier.closedAt);
    if (firstSeen !== undefined && earlier !== undefined && restMs >= restartAfterMs) {
      await startApproval(client, at, earlier);
      started += 1;
    } else {
      seenClosed[row.id] = firstSeen ?? before.now;
    }
  }
  return { started, seenClosed };
}
