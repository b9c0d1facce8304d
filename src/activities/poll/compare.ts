import type { Client } from '@temporalio/client';
import type { CoupaRequisition } from '../../connectors/coupa/types.ts';
import type { PassResult } from '../../contract/poll.ts';
import { factsOf, hashFacts } from '../coupa/facts.ts';
import { recheck } from '../engine/approvals.ts';
import { differenceKey, differs, type Seen } from './difference.ts';
import type { KnownApproval } from './known-approvals.ts';
import type { ReadResult, RequisitionRead } from './read-requisitions.ts';
import { toldInThisRun, toldLately } from './told.ts';

function seenOf(approvalId: number, requisition: Exclude<RequisitionRead, 'unreadable'>): Seen {
  if (requisition === 'gone') return 'gone';
  const { status, currentApprovalId, currentParallelApprovalIds, currentApproverIds } = requisition;
  const isTurn = currentApprovalId === approvalId || currentParallelApprovalIds.includes(approvalId);
  const approverId = currentApproverIds[approvalId];
  const factsHash = hashFacts(factsOf(requisition));
  return { status, isTurn, factsHash, ...(approverId === undefined ? {} : { approverId }) };
}

/** Whether a row that a list gave would be told to somebody, who has not been told of the same lately. */
export function newsFor(approvals: readonly KnownApproval[], told: PassResult['told'], policy: string) {
  return (row: CoupaRequisition): boolean =>
    approvals.some(({ approvalId, requisitionId, policy: _, ...known }) => {
      if (requisitionId !== row.id) return false;
      const seen = seenOf(approvalId, row);
      return differs(known, seen, policy) && told[differenceKey(approvalId, seen, policy)] === undefined;
    });
}

/** Tells those whose requisition differs, each difference once in a while; `told` says when. */
export async function tellDifferent(
  { client, policy }: { readonly client: Client; readonly policy: string },
  approvals: readonly KnownApproval[],
  { read }: Pick<ReadResult, 'read'>,
  before: { readonly told: PassResult['told']; readonly now: string },
): Promise<Pick<PassResult, 'told' | 'rechecked'>> {
  const told = { ...before.told };
  const toldNow = toldInThisRun(told, before.now);
  let rechecked = 0;
  for (const known of approvals) {
    const { approvalId, requisitionId } = known;
    const requisition = read.get(requisitionId);
    if (requisition === undefined || requisition === 'unreadable') continue;
    const seen = seenOf(approvalId, requisition);
    if (!differs(known, seen, policy)) continue;
    const key = differenceKey(approvalId, seen, policy);
    if (told[key] !== undefined) continue;
    told[key] = before.now;
    // Another pass of this very run has told it to look, and that look will see this, too.
    if (toldNow.has(approvalId)) continue;
    await recheck(client, approvalId);
    rechecked += 1;
  }
  return { told: toldLately(told, before.now), rechecked };
}
