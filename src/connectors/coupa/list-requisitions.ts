import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { MAX_PAGE_ROWS } from './list-pending.ts';
import type { ReadOptions } from './read-options.ts';
import { REQUISITION_STATE_FIELDS } from './requisition-fields.ts';
import { requisitionSchema } from './requisition-schema.ts';
import type { CoupaRequisition } from './types.ts';

const OPERATION = 'GET /api/requisitions';

/**
 * Up to 50 requisitions in one request (`id[in]=`), with their facts and current approvals only; those that Coupa
 * does not know are absent. Throws a TerminalError where a tenant refuses the list.
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
      'id[in]': ids.slice(0, MAX_PAGE_ROWS).join(','),
      order_by: 'id',
      dir: 'asc',
      limit: MAX_PAGE_ROWS,
      fields: REQUISITION_STATE_FIELDS,
    },
    effect: 'read',
    ...options,
  });
  return checkBody(z.array(requisitionSchema), answer, { vendor: 'coupa', operation: OPERATION });
}
