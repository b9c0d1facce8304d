import { checkBody, checkId } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { approvalSchema } from './approval-schema.ts';
import type { ReadOptions } from '../http/read-options.ts';
import type { CoupaApproval } from './types.ts';

const OPERATION = 'GET /api/approvals/:id';

/** One approval; undefined when Coupa has none of this id (404, whose body may be anything). */
export async function getApproval(
  http: HttpRequest,
  id: number,
  options: ReadOptions = {},
): Promise<CoupaApproval | undefined> {
  const answer = await http({
    method: 'GET',
    path: `/api/approvals/${id}`,
    operation: OPERATION,
    effect: 'read',
    accept: [404],
    ...options,
  });
  if (answer.status === 404) return undefined;
  const call = { vendor: 'coupa', operation: OPERATION };
  return checkId(checkBody(approvalSchema, answer, call), id, answer, call);
}
