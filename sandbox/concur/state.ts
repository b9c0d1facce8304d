import { z } from 'zod';

const exception = z.object({
  prExceptionId: z.string(),
  eventCode: z.string().optional(),
  exceptionCode: z.string().optional(),
  isCleared: z.boolean().optional(),
  message: z.string().optional(),
});

const lineSchema = z.object({
  vendorCode: z.string(),
  vendorAddressCode: z.string(),
  description: z.string(),
  quantity: z.string(),
  unitPrice: z.string(),
  tax: z.string().optional(),
  shipping: z.string().optional(),
});

const request = z.object({
  /** A UUID, as the create answered it. */
  id: z.string(),
  /** The body as it arrived. */
  body: z.record(z.string(), z.unknown()),
  lines: z.array(lineSchema),
  currency: z.string(),
  /** UUID of whom it is assigned to. */
  requester: z.string(),
  /** Whose token created it. */
  createdWith: z.enum(['company', 'user']),
  /** The client's `concur-correlationid`; null when it sent none. */
  correlationId: z.string().nullable(),
  /** UTC, as the other dates. */
  receivedAt: z.string(),
  /** How often it was read by the API. */
  reads: z.int().nonnegative(),
  queueStatus: z.string(),
  /** Null until it exists. */
  number: z.string().nullable(),
  workflowStatus: z.string().nullable(),
  exceptions: z.array(exception),
  orders: z.array(z.string()),
  /** Epoch milliseconds of the next step that it takes by itself; null: it waits for somebody. */
  nextStepAtMs: z.number().nullable(),
});

const orderSchema = z.object({
  number: z.string(),
  requestId: z.string(),
  vendorCode: z.string(),
  vendorAddressCode: z.string(),
  orderedAt: z.string(),
});

const vendorSchema = z.object({
  vendorCode: z.string(),
  addressCode: z.string(),
  name: z.string(),
  approved: z.boolean(),
  currencyCode: z.string(),
  countryCode: z.string(),
});

const itemSchema = z.object({ code: z.string(), name: z.string(), deleted: z.boolean().default(false) });

const listSchema = z.object({
  id: z.string(),
  name: z.string(),
  deleted: z.boolean().default(false),
  items: z.array(itemSchema),
});

const token = z.object({
  value: z.string(),
  kind: z.enum(['company', 'user']),
  /** UUID of the company or the user. */
  subject: z.string(),
  scopes: z.array(z.string()),
  expiresAtMs: z.number(),
});

/** The state file's content. */
export const concurStateSchema = z.object({
  version: z.literal(1),
  next: z.object({ request: z.int(), order: z.int() }),
  requests: z.array(request),
  orders: z.array(orderSchema),
  vendors: z.array(vendorSchema),
  lists: z.array(listSchema),
  accessTokens: z.array(token),
  refreshTokens: z.array(token),
});

export type ConcurState = z.infer<typeof concurStateSchema>;
export type PurchaseRequest = z.infer<typeof request>;
export type PurchaseLine = z.infer<typeof lineSchema>;
export type Order = z.infer<typeof orderSchema>;
export type Vendor = z.infer<typeof vendorSchema>;
export type List = z.infer<typeof listSchema>;
export type Token = z.infer<typeof token>;
