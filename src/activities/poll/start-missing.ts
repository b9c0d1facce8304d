import type { Client } from '@temporalio/client';
import type { PendingApprovalRow } from '../../connectors/coupa/types.ts';
import { startApproval } from '../engine/approvals.ts';
import { closedAmong } from './closed-approvals.ts';
import { each } from './each.ts';
import { seenAfter } from './seen-closed.ts';

/** A row whose workflow has closed must be pending this long after the close before it is asked about again. */
const restartAfterMs = 2 * 60_000;
/** Starts under way at a time: a first start finds thousands of rows. */
const startsAtOnce = 10;

export interface Started {
  readonly started: number;
  /** Rows whose workflow has closed, with when a pass first saw them so. */
  readonly seenClosed: Readonly<Record<string, string>>;
}

/**
 * Starts a workflow for every row that has none open. One whose workflow closed is started again only when it was
 * pending in an earlier run's pass and is so still, at least 2 minutes after the close: a list that was read
 * just before a decision must not ask again. Coupa's `updated-at` never decides. Throws the signal's reason between
 * two rows: a page takes seconds, and a worker that stops has few. `backlog`: whatever else is new goes first.
 */
export async function startMissing(
  client: Client,
  rows: readonly PendingApprovalRow[],
  before: {
    readonly seenClosed: Readonly<Record<string, string>>;
    readonly now: string;
    readonly backlog: boolean;
  },
  signal: AbortSignal,
): Promise<Started> {
  const { now, backlog } = before;
  const seenClosed: Record<string, string> = {};
  let started = 0;
  const closed = await closedAmong(
    client,
    rows.map(({ id }) => id),
  );
  await each(rows, { atOnce: startsAtOnce, signal }, async ({ id, approvableId }) => {
    const at = { approvalId: id, requisitionId: approvableId };
    const earlier = closed.get(id);
    const firstSeen = seenAfter(before.seenClosed[id], earlier?.closedAt);
    const restMs = earlier === undefined ? 0 : Date.parse(now) - Date.parse(earlier.closedAt);
    const mayStart = earlier === undefined || (firstSeen !== undefined && restMs >= restartAfterMs);
    const options = { backlog, ...(earlier === undefined ? {} : { earlier }) };
    // The list of those that closed lags by a moment; the start itself does not.
    if (mayStart && (await startApproval(client, at, options)) === 'started') started += 1;
    else seenClosed[id] = firstSeen ?? now;
  });
  return { started, seenClosed };
}
