import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import { TerminalError } from '../http/errors.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { pendingRowSchema } from './approval-schema.ts';
import { LARGEST_PAGE } from './list-page.ts';
import { askPending, PENDING_OPERATION } from './list-pending.ts';
import type { ReadOptions } from '../http/read-options.ts';
import type { PendingApprovalRow } from './types.ts';

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

/** A tenant that lets other types through is asked for no more pages than these to fill one of ours. */
const MAX_PAGES = 4;

/**
 * One page of the rows that wait for approval of one type of document, by ascending id. They are listed, never decided.
 * Rows of another type, of a filter that Coupa ignored, are left out without ending the list. Throws a TerminalError
 * where that leaves too little.
 */
export async function listDocuments(
  http: HttpRequest,
  { afterId, limit, ...options }: ListDocumentsOptions,
): Promise<PendingApprovalRow[]> {
  const size = Math.min(LARGEST_PAGE, Math.max(1, limit));
  const found: PendingApprovalRow[] = [];
  let after = afterId;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const rows = await readPage(http, { ...options, afterId: after, limit: size });
    found.push(...rows.filter((row) => row.approvableType === options.approvableType));
    const last = rows.at(-1)?.id;
    if (last === undefined || rows.length < size || found.length >= size) return found.slice(0, size);
    after = last;
  }
  throw new TerminalError('the list is not filtered by the type of document; report this', {
    vendor: 'coupa',
    operation: PENDING_OPERATION,
    status: undefined,
  });
}

async function readPage(
  http: HttpRequest,
  { approvableType, approverId, ...options }: ListDocumentsOptions,
): Promise<PendingApprovalRow[]> {
  const documents = { approvable_type: approvableType, approver_id: approverId };
  const answer = await askPending(http, documents, options);
  return checkBody(z.array(pendingRowSchema), answer, { vendor: 'coupa', operation: PENDING_OPERATION });
}
