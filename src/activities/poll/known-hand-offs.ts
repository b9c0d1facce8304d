import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { workflowTypes } from '../../contract/ids.ts';
import { purchaseRequestMemoKey } from '../../contract/purchase-request.ts';
import { requisitionIdKey } from '../../contract/search-attributes.ts';

/** What Temporal remembers of the latest hand-over of a requisition. */
export interface KnownHandOff {
  readonly open: boolean;
  /** When it began, in ms since the epoch. */
  readonly startedAtMs: number;
  /** It has ended because the requisition was not to be ordered then. */
  readonly notWanted: boolean;
}

const memoShape = z.object({
  startedAt: z.iso.datetime(),
  notWanted: z.literal(true).optional().catch(undefined),
});
/** Each comes with its memo of up to 2 KiB. */
const pageSize = 100;

/**
 * The hand-overs of these requisitions, open and closed, by requisition id. The list lags by seconds, and forgets what
 * closed longer ago than the namespace keeps: what it lacks is no proof that there was none.
 */
export async function knownHandOffs(
  client: Client,
  requisitionIds: readonly number[],
): Promise<ReadonlyMap<number, KnownHandOff>> {
  const known = new Map<number, KnownHandOff>();
  if (requisitionIds.length === 0) return known;
  const query = `WorkflowType = "${workflowTypes.purchaseRequest}" AND RequisitionId IN (${requisitionIds.join(', ')})`;
  for await (const run of client.workflow.list({ query, pageSize })) {
    const id = run.typedSearchAttributes.get(requisitionIdKey);
    if (id === undefined) continue;
    // A run that goes on from another one carries the moment at which the first one began.
    const { data } = memoShape.safeParse(run.memo?.[purchaseRequestMemoKey]);
    const startedAtMs = data === undefined ? run.startTime.getTime() : Date.parse(data.startedAt);
    const before = known.get(id);
    const isLatest = before === undefined || startedAtMs >= before.startedAtMs;
    known.set(id, {
      open: before?.open === true || run.status.name === 'RUNNING',
      startedAtMs: Math.max(before?.startedAtMs ?? 0, startedAtMs),
      notWanted: isLatest ? data?.notWanted === true : before.notWanted,
    });
  }
  return known;
}
