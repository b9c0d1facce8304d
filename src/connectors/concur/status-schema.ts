import { z } from 'zod';
import type { PurchaseRequestException, PurchaseRequestStatus } from '../../contract/purchase-request.ts';
import { codeSchema, flagSchema, manySchema, wordsSchema } from './scalars.ts';

/** Far more than a request has; a runaway answer must not fill a workflow's history. */
const MAX_EXCEPTIONS = 100;
const MAX_ORDERS = 1000;

const exceptionSchema = z
  .object({
    eventCode: codeSchema,
    exceptionCode: codeSchema,
    message: wordsSchema(300),
    isCleared: flagSchema,
  })
  .transform(({ eventCode, exceptionCode: code, message, isCleared: cleared }): PurchaseRequestException => ({
    ...(eventCode !== undefined && { eventCode }),
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...(cleared !== undefined && { cleared }),
  }));

const orderSchema = z.object({ purchaseOrderNumber: codeSchema });

function readException(row: unknown): PurchaseRequestException[] {
  const { data } = exceptionSchema.safeParse(row);
  return data === undefined || Object.keys(data).length === 0 ? [] : [data];
}

function readOrder(row: unknown): string[] {
  const number = orderSchema.safeParse(row).data?.purchaseOrderNumber;
  return number === undefined ? [] : [number];
}

/**
 * A purchase request in mode COMPACT, with the id that it says it is. Every field may be missing: SAP omits what is
 * empty, and not everything is there before the request is created. The states are open sets, kept as they come.
 */
export const statusSchema = z
  .object({
    purchaseRequestId: codeSchema,
    purchaseRequestNumber: codeSchema,
    purchaseRequestQueueStatus: codeSchema,
    purchaseRequestWorkflowStatus: codeSchema,
    purchaseOrders: manySchema,
    purchaseRequestExceptions: manySchema,
  })
  .transform((raw): { readonly id: string | undefined; readonly status: PurchaseRequestStatus } => {
    const number = raw.purchaseRequestNumber;
    const queueStatus = raw.purchaseRequestQueueStatus;
    const workflowStatus = raw.purchaseRequestWorkflowStatus;
    return {
      id: raw.purchaseRequestId,
      status: {
        ...(number !== undefined && { number }),
        ...(queueStatus !== undefined && { queueStatus }),
        ...(workflowStatus !== undefined && { workflowStatus }),
        exceptions: raw.purchaseRequestExceptions.slice(0, MAX_EXCEPTIONS).flatMap(readException),
        orders: [...new Set(raw.purchaseOrders.slice(0, MAX_ORDERS).flatMap(readOrder))],
      },
    };
  });
