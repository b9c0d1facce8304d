import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { pendingRowSchema } from './approval-schema.ts';
import type { PendingApprovalRow } from './types.ts';

const OPERATION = 'GET /api/approvals';
/** Coupa's largest page; a greater limit is not honoured. */
const MAX_PAGE_ROWS = 50;

export interface ListPendingOptions {
  /** Rows with a greater id only: pages go by key, since by offset a shrinking set skips rows. */
  readonly afterId?: number | undefined;
  /** Inclusive, and blind for rows whose `updated-at` is null: an accelerator, never the only way (P10). */
  readonly updatedSince?: Date | undefined;
  /** 1 to 50, 50 by default. A shorter page is the last one. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One page of requisition approvals that Coupa calls pending, by ascending id. Pending does not mean actionable. */
export async function listPendingRequisitionApprovals(
  http: HttpRequest,
  options: ListPendingOptions,
): Promise<PendingApprovalRow[]> {
  const answer = await http({
    method: 'GET',
    path: '/api/approvals',
    operation: OPERATION,
    query: {
      status: 'pending_approval',
      approvable_type: 'RequisitionHeader',
      'id[gt]': options.afterId,
      'updated_at[gt_or_eq]': options.updatedSince && utcSeconds(options.updatedSince),
      order_by: 'id',
      dir: 'asc',
      limit: Math.min(MAX_PAGE_ROWS, Math.max(1, options.limit ?? MAX_PAGE_ROWS)),
      fields: '["id","status","approvable-type","approvable-id","updated-at"]',
    },
    effect: 'read',
    signal: options.signal,
  });
  return checkBody(z.array(pendingRowSchema), answer, { vendor: 'coupa', operation: OPERATION });
}

/** Coupa takes a bare date as midnight UTC, so the zone is always sent; its times have no milliseconds. */
function utcSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
