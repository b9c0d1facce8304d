import type { Client } from '@temporalio/client';
import { approvalMemoKey, type ApprovalMemo, type EarlierRun } from '../../contract/approval.ts';
import { workflowTypes } from '../../contract/ids.ts';
import { approvalsPage } from '../../visibility/approvals-page.ts';

/** A run that went on as a new one has not ended. */
const closed = `WorkflowType = "${workflowTypes.approval}" AND ExecutionStatus IN ("Completed", "Failed", "Canceled", "Terminated", "TimedOut")`;
const pageSize = 200;

/** How the last run of each of these approvals ended, of those that have ended: one look at Temporal for a page of rows. */
export async function closedAmong(
  client: Client,
  ids: readonly number[],
): Promise<ReadonlyMap<number, EarlierRun>> {
  const found = new Map<number, EarlierRun>();
  if (ids.length === 0) return found;
  const query = `${closed} AND ApprovalId IN (${ids.join(', ')})`;
  let token: Uint8Array = new Uint8Array();
  do {
    const page = await approvalsPage(client, { query, pageSize, token });
    for (const { approvalId, closedAt, memo } of page.runs) {
      const end = closedAt?.toISOString();
      if (end === undefined || end <= (found.get(approvalId)?.closedAt ?? '')) continue;
      const outcome = (memo?.[approvalMemoKey] as Partial<ApprovalMemo> | undefined)?.outcome;
      found.set(approvalId, { closedAt: end, ...(outcome === undefined ? {} : { outcome }) });
    }
    token = page.token;
  } while (token.length > 0);
  return found;
}
