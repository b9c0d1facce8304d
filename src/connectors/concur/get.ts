import type { PurchaseRequestStatus } from '../../contract/purchase-request.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { readOne } from '../http/read-one.ts';
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
  options?: ReadOptions,
): Promise<PurchaseRequestStatus | undefined> {
  const found = await readOne(
    http,
    {
      vendor: 'concur',
      operation: OPERATION,
      path: `/purchaserequest/v4/purchaserequests/${pathSegment(id, OPERATION)}`,
      query: { mode: 'COMPACT' },
      // SAP's pages list it for this route too, though there is no body.
      headers: { 'content-type': 'application/json' },
      schema: statusSchema,
      isAsked: (answered) => answered.id === undefined || answered.id.toLowerCase() === id.toLowerCase(),
    },
    options,
  );
  return found?.status;
}
