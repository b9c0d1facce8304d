import type { Client } from '@temporalio/client';
import { optionalTsToDate } from '@temporalio/common/lib/time.js';
import { decodeMapFromPayloads } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';

/** One run of an approval's workflow as Temporal lists it. Its memo is unchecked: another release may have written it. */
interface ListedRun {
  readonly approvalId: number;
  readonly runId: string;
  /** Absent while it is open. */
  readonly closedAt?: Date;
  readonly memo: Record<string, unknown> | undefined;
}

export interface ApprovalsPage {
  readonly runs: readonly ListedRun[];
  /** Where the next page begins; empty after the last one. */
  readonly token: Uint8Array;
}

type Response = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>;

async function readRun(client: Client, raw: Response['executions'][number]): Promise<ListedRun[]> {
  const { workflowId, runId } = raw.execution ?? {};
  const approvalId = Number(/^approval-([1-9]\d*)$/.exec(workflowId ?? '')?.[1]);
  if (!workflowId || !runId || !Number.isSafeInteger(approvalId)) return [];
  const { namespace, loadedDataConverter } = client.options;
  const context = { type: 'workflow', namespace, workflowId } as const;
  const memo = await decodeMapFromPayloads(loadedDataConverter, raw.memo?.fields, context);
  const closedAt = optionalTsToDate(raw.closeTime);
  return [{ approvalId, runId, memo, ...(closedAt === undefined ? {} : { closedAt }) }];
}

/**
 * One page of approvals' workflows with their memos, newest first: Temporal's own pages, so that the way through
 * many is steady. The SDK's `list()` hides the page token, hence the raw call. The list lags behind the workflows
 * by a moment. Throws gRPC's own errors: status 3 (invalid argument) for a token that the server does not take.
 */
export async function approvalsPage(
  client: Client,
  { query, pageSize, token }: { query: string; pageSize: number; token: Uint8Array },
): Promise<ApprovalsPage> {
  const { namespace } = client.options;
  const request = { namespace, query, pageSize, nextPageToken: token };
  const { executions, nextPageToken } = await client.workflowService.listWorkflowExecutions(request);
  const runs = await Promise.all(executions.map((raw) => readRun(client, raw)));
  return { runs: runs.flat(), token: nextPageToken };
}
