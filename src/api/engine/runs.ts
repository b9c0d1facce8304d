import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { approvalWorkflowId } from '../../contract/ids.ts';
import type { Described } from './engine.ts';
import { readMemo } from './stored.ts';
import { within } from './within.ts';

/** The latest run of an approval's workflow. Needs no worker. Throws `EngineUnavailable` after `deadlineMs`. */
export async function describeRun(
  client: Client,
  approvalId: number,
  deadlineMs: number,
): Promise<Described> {
  try {
    const found = await within(client, deadlineMs, () =>
      client.workflow.getHandle(approvalWorkflowId(approvalId)).describe(),
    );
    // A paused workflow still takes signals: to a decision it is as open as a running one.
    const open = found.status.name === 'RUNNING' || found.status.name === 'PAUSED';
    return { kind: open ? 'open' : 'closed', runId: found.runId, memo: readMemo(found.memo) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'none' };
    throw error;
  }
}
