import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { getOne } from './get-one.ts';
import { ORDERABLE_FIELDS, orderableSchema, type CoupaOrderable } from './orderable.ts';

/** One requisition as far as an order is made of it; undefined when Coupa has none of this id. */
export function getOrderable(
  http: HttpRequest,
  id: number,
  options?: ReadOptions,
): Promise<CoupaOrderable | undefined> {
  return getOne(
    http,
    { under: '/api/requisitions', id, schema: orderableSchema, fields: ORDERABLE_FIELDS },
    options,
  );
}
