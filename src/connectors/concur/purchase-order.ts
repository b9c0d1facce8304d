import { z } from 'zod';
import type { HttpRequest } from '../http/http-types.ts';
import { readOne } from '../http/read-one.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { pathSegment } from './path-segment.ts';
import { codeSchema } from './scalars.ts';
import type { ConcurPurchaseOrder } from './types.ts';

const OPERATION = 'GET /api/v3.0/invoice/purchaseorders/:number';

const orderSchema = z
  .object({
    ID: codeSchema,
    PurchaseOrderNumber: codeSchema,
    PurchaseRequestNumber: codeSchema,
    Status: codeSchema,
    OrderDate: codeSchema,
    VendorCode: codeSchema,
    CurrencyCode: codeSchema,
  })
  .refine(({ ID, PurchaseOrderNumber }) => ID !== undefined || PurchaseOrderNumber !== undefined);

/**
 * A purchase order by its number (v3: there is no newer API); undefined for 404. SAP's page calls the path's part "the
 * identifier", which in its sample is the number. Throws a RetryableError for an answer about another one.
 */
export async function getPurchaseOrder(
  http: HttpRequest,
  number: string,
  options?: ReadOptions,
): Promise<ConcurPurchaseOrder | undefined> {
  const order = await readOne(
    http,
    {
      vendor: 'concur',
      operation: OPERATION,
      path: `/api/v3.0/invoice/purchaseorders/${pathSegment(number, OPERATION)}`,
      schema: orderSchema,
      isAsked: ({ ID, PurchaseOrderNumber }) => ID === number || PurchaseOrderNumber === number,
    },
    options,
  );
  if (order === undefined) return undefined;
  const { PurchaseRequestNumber, Status, OrderDate, VendorCode, CurrencyCode } = order;
  return {
    number,
    ...(PurchaseRequestNumber !== undefined && { purchaseRequestNumber: PurchaseRequestNumber }),
    ...(Status !== undefined && { status: Status }),
    ...(OrderDate !== undefined && { orderDate: OrderDate }),
    ...(VendorCode !== undefined && { vendorCode: VendorCode }),
    ...(CurrencyCode !== undefined && { currencyCode: CurrencyCode }),
  };
}
