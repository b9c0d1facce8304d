import type { Client } from '@temporalio/client';
import { workflowTypes } from '../../contract/ids.ts';
import { approvalStateKey, approversKey } from '../../contract/search-attributes.ts';
import { approvalsPage } from '../../visibility/approvals-page.ts';
import { cursorPage } from './cursor-page.ts';
import type { ListPage, ListRequest } from './engine.ts';
import { readMemo } from './stored.ts';

/** Keeps the query short; people are in a few groups. */
const maxGroups = 100;

/** Temporal's visibility query. Ids and states only: nothing in it comes from free text. */
function queryOf({ approverUserId, approverGroups = [], state }: ListRequest): string {
  // Sorted, because a cursor holds for the very query that it came from.
  const groups = [...new Set(approverGroups)].sort((a, b) => a - b).slice(0, maxGroups);
  const anyOf = [`"${approverUserId}"`, ...groups.map((id) => `"group:${id}"`)];
  return [
    `WorkflowType="${workflowTypes.approval}"`,
    'ExecutionStatus="Running"',
    ...(approverUserId === undefined ? [] : [`${approversKey.name} IN (${anyOf.join(',')})`]),
    ...(state === undefined ? [] : [`${approvalStateKey.name}="${state}"`]),
  ].join(' AND ');
}

/** One page of open approvals, newest first. Throws `InvalidCursor`, `EngineUnavailable`. */
export async function listPage(client: Client, request: ListRequest, deadlineMs: number): Promise<ListPage> {
  const { limit, cursor } = request;
  const { runs, ...next } = await cursorPage(
    client,
    approvalsPage,
    { query: queryOf(request), limit, cursor },
    deadlineMs,
  );
  return { rows: runs.map(({ memo, ...run }) => ({ ...run, memo: readMemo(memo) })), ...next };
}
