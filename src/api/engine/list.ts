import type { Client } from '@temporalio/client';
import { workflowTypes } from '../../contract/ids.ts';
import { approvalStateKey, approversKey } from '../../contract/search-attributes.ts';
import { approvalsPage, type ApprovalsPage } from '../../visibility/approvals-page.ts';
import { decodeCursor, encodeCursor } from '../../visibility/cursor.ts';
import { InvalidCursor, type ListPage, type ListRequest } from './engine.ts';
import { readMemo } from './stored.ts';
import { grpcCodeOf, within } from './within.ts';

const invalidArgument = 3;
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
  const query = queryOf(request);
  const { cursor, limit } = request;
  const from = cursor === undefined ? new Uint8Array() : decodeCursor(query, cursor);
  if (from === undefined) throw new InvalidCursor('The cursor is none of ours.');
  let page: ApprovalsPage;
  try {
    page = await within(client, deadlineMs, () =>
      approvalsPage(client, { query, pageSize: limit, token: from }),
    );
  } catch (error) {
    const refused = error instanceof Error && grpcCodeOf(error.cause) === invalidArgument;
    if (refused && cursor !== undefined) throw new InvalidCursor('The cursor is no longer valid.');
    throw error;
  }
  const rows = page.runs.map(({ memo, ...run }) => ({ ...run, memo: readMemo(memo) }));
  return { rows, ...(page.token.length === 0 ? {} : { cursor: encodeCursor(query, page.token) }) };
}
