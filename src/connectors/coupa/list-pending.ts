import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-types.ts';
import type { Query } from '../http/url.ts';
import { pendingRowSchema } from './approval-schema.ts';
import { LARGEST_PAGE, utcSeconds } from './list-page.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { idSchema } from './scalars.ts';
import type { PendingApprovalRow } from './types.ts';

export const PENDING_OPERATION = 'GET /api/approvals';
/** More unreadable rows than these and not a readable one: it is no row that is broken, but the shape is another. */
const MOST_BROKEN = 3;

export interface ListPendingOptions extends ReadOptions {
  /** Rows with a greater id only: pages go by key, since by offset a shrinking set skips rows. */
  readonly afterId?: number | undefined;
  /** Rows with a smaller id only. */
  readonly beforeId?: number | undefined;
  /** By descending id. */
  readonly newestFirst?: boolean | undefined;
  /** Inclusive, and blind for rows whose `updated-at` is null: an accelerator, never the only way (P10). */
  readonly updatedSince?: Date | undefined;
  /** 1 to 50, 50 by default. A shorter page is the last one. */
  readonly limit?: number | undefined;
}

/** One page of requisition approvals that Coupa calls pending, by ascending id. Pending does not mean actionable. */
export function listPendingRequisitionApprovals(
  http: HttpRequest,
  options: ListPendingOptions,
): Promise<PendingApprovalRow[]> {
  return listPending(http, { approvable_type: 'RequisitionHeader' }, options);
}

/**
 * One page of the pending approvals of every document that is no requisition, by ascending id: for counting. Throws a
 * TerminalError where a tenant refuses the filter `not_eq`.
 */
export function listPendingOtherDocuments(
  http: HttpRequest,
  options: ListPendingOptions,
): Promise<PendingApprovalRow[]> {
  return listPending(http, { 'approvable_type[not_eq]': 'RequisitionHeader' }, options);
}

async function listPending(
  http: HttpRequest,
  documents: Readonly<Record<string, string>>,
  options: ListPendingOptions,
): Promise<PendingApprovalRow[]> {
  return readRows(await askPending(http, documents, options));
}

/** Asks for a page of the pending approvals that the filters of `documents` let through, in the few fields of a row. */
export function askPending(
  http: HttpRequest,
  documents: Query,
  options: ListPendingOptions,
): Promise<HttpAnswer> {
  const { signal, priority } = options;
  return http({
    method: 'GET',
    path: '/api/approvals',
    operation: PENDING_OPERATION,
    query: {
      status: 'pending_approval',
      ...documents,
      'id[gt]': options.afterId,
      'id[lt]': options.beforeId,
      'updated_at[gt_or_eq]': options.updatedSince && utcSeconds(options.updatedSince),
      order_by: 'id',
      dir: options.newestFirst === true ? 'desc' : 'asc',
      limit: Math.min(LARGEST_PAGE, Math.max(1, options.limit ?? LARGEST_PAGE)),
      fields: '["id","status","approvable-type","approvable-id","updated-at"]',
    },
    effect: 'read',
    signal,
    priority,
  });
}

/**
 * The rows of an answer, in its order. One that lacks its document or its status must not keep a pass from all behind
 * it (P10): it keeps its id, for the paging, and is of no status and no type, so that nobody takes it for theirs.
 */
function readRows(answer: HttpAnswer): PendingApprovalRow[] {
  const call = { vendor: 'coupa', operation: PENDING_OPERATION };
  const rows = checkBody(z.array(z.looseObject({ id: idSchema })), answer, call);
  const read = rows.map((row) => pendingRowSchema.safeParse(row).data);
  if (rows.length > MOST_BROKEN && read.every((row) => row === undefined)) {
    return checkBody(z.array(pendingRowSchema), answer, call);
  }
  const broken = { status: '', approvableType: '', approvableId: 0, updatedAt: null };
  return rows.map(({ id }, index) => read[index] ?? { id, ...broken });
}
