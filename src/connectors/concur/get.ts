import type { PurchaseRequestStatus } from '../../contract/purchase-request.ts';
import { checkAsked, checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { pathSegment } from './path-segment.ts';
import { statusSchema } from './status-schema.ts';

const OPERATION = 'GET /purchaserequest/v4/purchaserequests/:id';

/**
 * How a purchase request stands, by the id that its create answered; undefined for 404, which may come early.
 * `mode=COMPACT` is the only mode, and required. Throws a RetryableError for an answer about another one.
 */
export async function getPurchaseRequest(
  http: HttpRequest,
  id: string,
  { signal, priority }: ReadOptions = {},
): Promise<PurchaseRequestStatus | undefined> {
  const answer = await http({
    method: 'GET',
    path: `/purchaserequest/v4/purchaserequests/${pathSegment(id, OPERATION)}`,
    operation: OPERATION,
    query: { mode: 'COMPACT' },
    // SAP's pages list it for this route too, though there is no body.
    headers: { 'content-type': 'application/json' },
    effect: 'read',
    accept: [404],
    signal,
    priority,
  });
  if (answer.status === 404) return undefined;
  const call = { vendor: 'concur', operation: OPERATION };
  const found = checkBody(statusSchema, answer, call);
  const isAsked = found.id === undefined || found.id.toLowerCase() === id.toLowerCase();
  checkAsked(isAsked, answer, call);
  return found.status;
}
