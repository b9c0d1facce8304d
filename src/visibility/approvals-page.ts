import type { Client } from '@temporalio/client';
import { workflowsPage, type ListedWorkflow } from './workflows-page.ts';

/** One run of an approval's workflow as Temporal lists it. */
type ListedRun = Omit<ListedWorkflow, 'workflowId'> & { readonly approvalId: number };

export interface ApprovalsPage {
  readonly runs: readonly ListedRun[];
  /** Where the next page begins; empty after the last one. */
  readonly token: Uint8Array;
}

function asApproval({ workflowId, ...run }: ListedWorkflow): ListedRun[] {
  const approvalId = Number(/^approval-([1-9]\d*)$/.exec(workflowId)?.[1]);
  return Number.isSafeInteger(approvalId) ? [{ approvalId, ...run }] : [];
}

/** One page of approvals' workflows with their memos, newest first. Throws as `workflowsPage` does. */
export async function approvalsPage(
  client: Client,
  request: { query: string; pageSize: number; token: Uint8Array },
): Promise<ApprovalsPage> {
  const { runs, token } = await workflowsPage(client, request);
  return { runs: runs.flatMap(asApproval), token };
}
