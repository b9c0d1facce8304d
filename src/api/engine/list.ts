import type { Client } from '@temporalio/client';
import { decodeMapFromPayloads } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';
import { workflowTypes } from '../../contract/ids.ts';
import { approvalStateKey, approversKey } from '../../contract/search-attributes.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { InvalidCursor, type ListedApproval, type ListPage, type ListRequest } from './engine.ts';
import { readMemo } from './stored.ts';
import { grpcCodeOf, within } from './within.ts';

const invalidArgument = 3;

/** Temporal's visibility query. Ids and states only: nothing in it comes from free text. */
function queryOf({ approverUserId, state }: ListRequest): string {
  return [
    `WorkflowType="${workflowTypes.approval}"`,
    'ExecutionStatus="Running"',
    ...(approverUserId === undefined ? [] : [`${approversKey.name}="${approverUserId}"`]),
    ...(state === undefined ? [] : [`${approvalStateKey.name}="${state}"`]),
  ].join(' AND ');
}

type Response = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>;

async function readRow(client: Client, raw: Response['executions'][number]): Promise<ListedApproval[]> {
  const { workflowId, runId } = raw.execution ?? {};
  const approvalId = Number(/^approval-([1-9]\d*)$/.exec(workflowId ?? '')?.[1]);
  if (!workflowId || !runId || !Number.isSafeInteger(approvalId)) return [];
  const { namespace, loadedDataConverter } = client.options;
  const context = { type: 'workflow', namespace, workflowId } as const;
  const memo = await decodeMapFromPayloads(loadedDataConverter, raw.memo?.fields, context);
  return [{ approvalId, runId, memo: readMemo(memo) }];
}

/**
 * One page of open approvals, newest first: Temporal's own pages, so that the way through many is steady.
 * The SDK's `list()` hides the page token, hence the raw call. Throws `InvalidCursor`, `EngineUnavailable`.
 */
export async function listPage(client: Client, request: ListRequest, deadlineMs: number): Promise<ListPage> {
  const query = queryOf(request);
  const { cursor, limit } = request;
  const { namespace } = client.options;
  const nextPageToken = cursor === undefined ? Buffer.alloc(0) : decodeCursor(query, cursor);
  const call = () =>
    client.workflowService.listWorkflowExecutions({ namespace, query, pageSize: limit, nextPageToken });
  let page: Response;
  try {
    page = await within(client, deadlineMs, call);
  } catch (error) {
    const refused = error instanceof Error && grpcCodeOf(error.cause) === invalidArgument;
    if (refused && cursor !== undefined) throw new InvalidCursor('The cursor is no longer valid.');
    throw error;
  }
  const rows = await Promise.all(page.executions.map((raw) => readRow(client, raw)));
  const token = page.nextPageToken;
  return { rows: rows.flat(), ...(token.length === 0 ? {} : { cursor: encodeCursor(query, token) }) };
}
