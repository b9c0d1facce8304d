import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { ApprovalRecord } from '../../contract/approval.ts';
import { approvalWorkflowId } from '../../contract/ids.ts';
import { recordQuery } from '../../contract/messages.ts';
import type { Run } from './engine.ts';
import { readRecord } from './stored.ts';
import { within } from './within.ts';

async function closedRecord(client: Client, approvalId: number, runId: string, deadlineMs: number) {
  const handle = client.workflow.getHandle(approvalWorkflowId(approvalId), runId);
  try {
    const result: unknown = await within(client, deadlineMs, () => handle.result());
    return readRecord(result);
  } catch (error) {
    // Terminated by an operator, or removed by retention meanwhile: it left no result.
    if (error instanceof WorkflowFailedError || error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

async function openRecord(client: Client, approvalId: number, deadlineMs: number) {
  const handle = client.workflow.getHandle(approvalWorkflowId(approvalId));
  try {
    return readRecord(await within(client, deadlineMs, () => handle.query(recordQuery)));
  } catch {
    // A query needs a worker; without one the memo is all there is, and the caller answers from that.
    return undefined;
  }
}

/** The record of a run just described: a closed one's result, an open one's answer to a query. */
export async function recordOf(
  client: Client,
  approvalId: number,
  run: Run,
  deadlineMs: number,
): Promise<ApprovalRecord | undefined> {
  return run.kind === 'closed'
    ? closedRecord(client, approvalId, run.runId, deadlineMs)
    : openRecord(client, approvalId, deadlineMs);
}
