import type { Client, WorkflowHandle } from '@temporalio/client';
import { z } from 'zod';
import { afterWorkflowId, approvalWorkflowId } from '../../src/contract/ids.ts';

const ended = z.object({ standing: z.object({ decisionId: z.string() }) });

/** Reads the histories of a decided approval and of what followed it, once both have ended. */
export async function historiesOf<T>(
  client: Client,
  approvalId: number,
  read: (handle: WorkflowHandle) => Promise<T>,
): Promise<{ approval: T; after: T }> {
  const approval = client.workflow.getHandle(approvalWorkflowId(approvalId));
  const { standing } = ended.parse(await approval.result());
  const after = client.workflow.getHandle(afterWorkflowId(approvalId, standing.decisionId));
  await after.result();
  return { approval: await read(approval), after: await read(after) };
}
