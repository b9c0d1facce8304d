import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { getOne } from './get-one.ts';
import { REQUISITION_FIELDS } from './requisition-fields.ts';
import { requisitionSchema } from './requisition-schema.ts';
import type { CoupaRequisition } from './types.ts';

/** One requisition with lines and approvals; undefined when Coupa has none of this id. */
export function getRequisition(
  http: HttpRequest,
  id: number,
  options?: ReadOptions,
): Promise<CoupaRequisition | undefined> {
  return getOne(
    http,
    { under: '/api/requisitions', id, schema: requisitionSchema, fields: REQUISITION_FIELDS },
    options,
  );
}
