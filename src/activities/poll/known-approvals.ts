import { isGrpcServiceError, type Client } from '@temporalio/client';
import { z } from 'zod';
import { approvalMemoKey } from '../../contract/approval.ts';
import { workflowTypes } from '../../contract/ids.ts';
import { approvalsPage, type ApprovalsPage } from '../../visibility/approvals-page.ts';
import { decodeCursor, encodeCursor } from '../../visibility/cursor.ts';
import type { Known } from './difference.ts';

export interface KnownApproval extends Known {
  readonly approvalId: number;
  readonly requisitionId: number;
}

export interface KnownPage {
  readonly approvals: readonly KnownApproval[];
  /** The next page's cursor; empty after the last page. */
  readonly next: string;
}

const open = `WorkflowType = "${workflowTypes.approval}" AND ExecutionStatus = "Running"`;
/** Each comes with its memo of up to 2 KiB. */
const mostAtOnce = 200;
/** gRPC's status where the server does not take a page token, of another release perhaps. */
const invalidArgument = 3;

const memoShape = z.object({
  state: z.enum(['waiting', 'listed', 'asked', 'deciding', 'stuck', 'closed']),
  factsHash: z.string().exactOptional(),
  approverId: z.number().exactOptional(),
  policy: z.string().exactOptional(),
  row: z.object({ 'approvable-id': z.number() }),
});

/**
 * One page of open approvals with what their memos say, newest first. An empty cursor, one that is none of ours and
 * one that Temporal does not take any more begin with the first page. Skips those without a memo that
 * we understand (another release).
 */
export async function knownApprovals(client: Client, cursor: string, pageSize: number): Promise<KnownPage> {
  const start = new Uint8Array();
  const token = decodeCursor(open, cursor) ?? start;
  const page = await approvalsPage(client, { query: open, pageSize, token }).catch((error: unknown) => {
    const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
    if (token.length > 0 && code === invalidArgument) {
      return approvalsPage(client, { query: open, pageSize, token: start });
    }
    throw error;
  });
  return { approvals: knownOf(page), next: page.token.length === 0 ? '' : encodeCursor(open, page.token) };
}

/** The open approvals of these requisitions with what their memos say. */
export async function knownApprovalsOf(
  client: Client,
  requisitionIds: readonly number[],
): Promise<KnownApproval[]> {
  const approvals: KnownApproval[] = [];
  if (requisitionIds.length === 0) return approvals;
  const query = `${open} AND RequisitionId IN (${requisitionIds.join(', ')})`;
  let token: Uint8Array = new Uint8Array();
  do {
    const page = await approvalsPage(client, { query, pageSize: mostAtOnce, token });
    approvals.push(...knownOf(page));
    token = page.token;
  } while (token.length > 0);
  return approvals;
}

function knownOf({ runs }: ApprovalsPage): KnownApproval[] {
  return runs.flatMap(({ approvalId, memo }) => {
    const { data } = memoShape.safeParse(memo?.[approvalMemoKey]);
    if (data === undefined) return [];
    const { row, ...known } = data;
    return [{ approvalId, requisitionId: row['approvable-id'], ...known }];
  });
}
