import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { pendingRowSchema } from './approval-schema.ts';
import type { ReadOptions } from './read-options.ts';
import type { PendingApprovalRow } from './types.ts';

const OPERATION = 'GET /api/approvals';
/** Coupa's largest page; a greater limit is not honoured. */
const MAX_LISTED_DOCUMENTS = 50;

export interface ListDocumentsOptions extends ReadOptions {
  /** Such as `ExpenseReport`: ids of different types overlap, so one type at a time. */
  readonly approvableType: string;
  /** Coupa id of the rows' approver. */
  readonly approverId?: number | undefined;
  /** Rows with a greater id only. */
  readonly afterId?: number | undefined;
  /** 1 to 50. A shorter page is the last one. */
  readonly limit: number;
}

/** One page of the rows that wait for approval of one type of document, by ascending id. They are listed, never decided. */
export async function listDocuments(
  http: HttpRequest,
  { approvableType, approverId, afterId, limit, ...options }: ListDocumentsOptions,
): Promise<PendingApprovalRow[]> {
  const answer = await http({
    method: 'GET',
    path: '/api/approvals',
    operation: OPERATION,
    query: {
      status: 'pending_approval',
      approvable_type: approvableType,
      approver_id: approverId,
      'id[gt]': afterId,
      order_by: 'id',
      dir: 'asc',
      limit: Math.min(MAX_LISTED_DOCUMENTS, Math.max(1, limit)),
      fields: '["id","status","approvable-type","approvable-id","updated-at"]',
    },
    effect: 'read',
    ...options,
  });
  const rows = checkBody(z.array(pendingRowSchema), answer, { vendor: 'coupa', operation: OPERATION });
  // A filter that Coupa ignored must not pass a requisition off as something else.
  return rows.filter((row) => row.approvableType === approvableType);
}
