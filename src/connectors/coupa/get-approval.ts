import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { approvalSchema } from './approval-schema.ts';
import { getOne } from './get-one.ts';
import type { CoupaApproval } from './types.ts';

/** One approval; undefined when Coupa has none of this id. */
export function getApproval(
  http: HttpRequest,
  id: number,
  options?: ReadOptions,
): Promise<CoupaApproval | undefined> {
  return getOne(http, { under: '/api/approvals', id, schema: approvalSchema }, options);
}
