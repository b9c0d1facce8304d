import { z } from '@hono/zod-openapi';
import { closedPurchaseRequestStates, openPurchaseRequestStates } from '../../contract/purchase-request.ts';

/** Shapes of the contract's words: they read what Temporal holds and describe what the API answers. */
export const purchaseRequestState = z.enum([...openPurchaseRequestStates, ...closedPurchaseRequestStates]);

export const attentionShape = z
  .object({
    n: z.number().int().openapi({ description: 'Counts the times that a human was needed.' }),
    reason: z.enum([
      'unknownOutcome',
      'access',
      'incomplete',
      'handedOverBefore',
      'notFound',
      'notOrderedInTime',
    ]),
    since: z.string(),
    what: z.string().openapi({ description: 'What to look for in SAP Concur, and what to tell then.' }),
  })
  .openapi('Attention');

export const exceptionShape = z
  .object({
    eventCode: z.string().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    cleared: z.boolean().optional(),
  })
  .openapi('PurchaseRequestException');

export const orderShape = z
  .object({
    number: z.string(),
    status: z.string().optional(),
    orderedOn: z.string().optional(),
    vendorCode: z.string().optional(),
  })
  .openapi('PurchaseOrder');

export const requestProblemShape = z
  .object({
    line: z.number().int().optional().openapi({ description: 'Counted from 1; absent for the header.' }),
    field: z.string().optional(),
    code: z.string(),
    message: z.string(),
    path: z.string().optional().openapi({ description: 'Where SAP Concur says it is, in its own words.' }),
  })
  .openapi('PurchaseRequestProblem');

export const summaryShape = z
  .object({
    description: z.string().optional(),
    currency: z.string().optional(),
    total: z
      .string()
      .optional()
      .openapi({ description: 'Quantity times unit price, summed up; without tax and shipping.' }),
    lines: z.number().int(),
  })
  .openapi('PurchaseRequestSummary');

export const troubleShape = z.object({ type: z.string(), message: z.string() }).openapi('Trouble');
