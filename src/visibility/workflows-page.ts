import type { Client } from '@temporalio/client';
import { optionalTsToDate } from '@temporalio/common/lib/time.js';
import { decodeMapFromPayloads } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';

/** One run of a workflow as Temporal lists it. Its memo is unchecked: another release may have written it. */
export interface ListedWorkflow {
  readonly workflowId: string;
  readonly runId: string;
  /** Absent while it is open. */
  readonly closedAt?: Date;
  readonly memo: Record<string, unknown> | undefined;
}

interface WorkflowsPage {
  readonly runs: readonly ListedWorkflow[];
  /** Where the next page begins; empty after the last one. */
  readonly token: Uint8Array;
}

type Response = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>;

async function readRun(client: Client, raw: Response['executions'][number]): Promise<ListedWorkflow[]> {
  const { workflowId, runId } = raw.execution ?? {};
  if (!workflowId || !runId) return [];
  const { namespace, loadedDataConverter } = client.options;
  const context = { type: 'workflow', namespace, workflowId } as const;
  const memo = await decodeMapFromPayloads(loadedDataConverter, raw.memo?.fields, context);
  const closedAt = optionalTsToDate(raw.closeTime);
  return [{ workflowId, runId, memo, ...(closedAt === undefined ? {} : { closedAt }) }];
}

/**
 * One page of workflows with their memos: Temporal's own pages, so that the way through many is steady. The open ones
 * come first, the newest of them first; then the closed ones, the last to end first. The SDK's `list()` hides the
 * page token, hence the raw call. The list lags behind the workflows by a moment. Throws gRPC's own errors: status 3
 * (invalid argument) for a token that the server does not take.
 */
export async function workflowsPage(
  client: Client,
  { query, pageSize, token }: { query: string; pageSize: number; token: Uint8Array },
): Promise<WorkflowsPage> {
  const { namespace } = client.options;
  const request = { namespace, query, pageSize, nextPageToken: token };
  const { executions, nextPageToken } = await client.workflowService.listWorkflowExecutions(request);
  const runs = await Promise.all(executions.map((raw) => readRun(client, raw)));
  return { runs: runs.flat(), token: nextPageToken };
}
