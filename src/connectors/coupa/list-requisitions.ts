import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { LARGEST_PAGE } from './list-page.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { REQUISITION_STATE_FIELDS } from './requisition-fields.ts';
import { requisitionSchema } from './requisition-schema.ts';
import type { CoupaRequisition } from './types.ts';

const OPERATION = 'GET /api/requisitions';

/**
 * One row, unless it leaves out what was asked for: null and absent mean the same in Coupa's answers, but a row
 * without its lines, or a pending one that says of nobody that it is their turn, would pass for a change.
 */
function readRow(row: unknown): CoupaRequisition[] {
  if (!z.object({ 'requisition-lines': z.array(z.unknown()) }).safeParse(row).success) return [];
  const { data } = requisitionSchema.safeParse(row);
  if (data === undefined) return [];
  const namesTurn = data.currentApprovalId !== null || data.currentParallelApprovalIds.length > 0;
  return data.status === 'pending_approval' && !namesTurn ? [] : [data];
}

/**
 * Requisitions of these ids, at most 50, in one request (`id[in]`, Coupa's filter by a comma list): status, facts
 * and current approvals only; title, people and chain are empty. A row that Coupa does not give, or not whole, is
 * absent: it need not be gone. Throws a TerminalError where a tenant refuses the list.
 */
export async function listRequisitions(
  http: HttpRequest,
  ids: readonly number[],
  options: ReadOptions = {},
): Promise<CoupaRequisition[]> {
  const answer = await http({
    method: 'GET',
    path: '/api/requisitions',
    operation: OPERATION,
    query: {
      'id[in]': ids.slice(0, LARGEST_PAGE).join(','),
      order_by: 'id',
      dir: 'asc',
      limit: LARGEST_PAGE,
      fields: REQUISITION_STATE_FIELDS,
    },
    effect: 'read',
    ...options,
  });
  return checkBody(z.array(z.unknown()), answer, { vendor: 'coupa', operation: OPERATION }).flatMap(readRow);
}
