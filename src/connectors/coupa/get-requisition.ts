import { checkBody, checkId } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { REQUISITION_FIELDS } from './requisition-fields.ts';
import { requisitionSchema } from './requisition-schema.ts';
import type { CoupaRequisition } from './types.ts';

const OPERATION = 'GET /api/requisitions/:id';

/** One requisition with lines and approvals; undefined when Coupa has none of this id (404). */
export async function getRequisition(
  http: HttpRequest,
  id: number,
  options: ReadOptions = {},
): Promise<CoupaRequisition | undefined> {
  const answer = await http({
    method: 'GET',
    path: `/api/requisitions/${id}`,
    operation: OPERATION,
    query: { fields: REQUISITION_FIELDS },
    effect: 'read',
    accept: [404],
    ...options,
  });
  if (answer.status === 404) return undefined;
  const call = { vendor: 'coupa', operation: OPERATION };
  return checkId(checkBody(requisitionSchema, answer, call), id, answer, call);
}
