import type { Client } from '@temporalio/client';
import { approvalIdKey } from '../../contract/search-attributes.ts';
import { workflowTypes } from '../../contract/ids.ts';
import type { Page } from './pages.ts';

const open = `WorkflowType = "${workflowTypes.approval}" AND ExecutionStatus = "Running"`;
/** Each comes with its memo of up to 2 KiB: some 400 KiB an answer. */
const pageSize = 200;

async function list(client: Client, query: string): Promise<Set<number>> {
  const ids = new Set<number>();
  for await (const { typedSearchAttributes } of client.workflow.list({ query, pageSize })) {
    const id = typedSearchAttributes.get(approvalIdKey);
    if (id !== undefined) ids.add(id);
  }
  return ids;
}

/**
 * Approval ids with an open workflow in a page's range of ids. Only those started before the pass: a younger
 * one may belong to a row that the page was read too early to hold. The list may lag by seconds; a start
 * leaves an open workflow alone, and a signal to a closed one is no harm.
 */
export function openInRange(client: Client, { after, upTo }: Page, passStart: Date): Promise<Set<number>> {
  const upper = upTo === undefined ? '' : ` AND ApprovalId <= ${upTo}`;
  const query = `${open} AND ApprovalId > ${after}${upper} AND StartTime < "${passStart.toISOString()}"`;
  return list(client, query);
}

/** Which of these approvals have an open workflow. */
export function openAmong(client: Client, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return Promise.resolve(new Set());
  return list(client, `${open} AND ApprovalId IN (${ids.join(', ')})`);
}

/** Open approvals whose turn it is and that a person, by Coupa user id, may decide: by ascending id. */
export async function openOf(client: Client, userId: number): Promise<number[]> {
  const turn = 'ApprovalState IN ("asked", "listed", "stuck", "deciding")';
  const ids = await list(client, `${open} AND Approvers IN ("${userId}") AND ${turn}`);
  return [...ids].sort((a, b) => a - b);
}
