import { checkBody, checkId } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { ORDERABLE_FIELDS, orderableSchema, type CoupaOrderable } from './orderable.ts';

const OPERATION = 'GET /api/requisitions/:id';

/** One requisition as far as an order is made of it; undefined when Coupa has none of this id (404). */
export async function getOrderable(
  http: HttpRequest,
  id: number,
  options: ReadOptions = {},
): Promise<CoupaOrderable | undefined> {
  const answer = await http({
    method: 'GET',
    path: `/api/requisitions/${id}`,
    operation: OPERATION,
    query: { fields: ORDERABLE_FIELDS },
    effect: 'read',
    accept: [404],
    ...options,
  });
  if (answer.status === 404) return undefined;
  const call = { vendor: 'coupa', operation: OPERATION };
  return checkId(checkBody(orderableSchema, answer, call), id, answer, call);
}
