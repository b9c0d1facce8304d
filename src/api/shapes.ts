import { z } from '@hono/zod-openapi';

/** Shapes of the contract's words: they read what Temporal holds and describe what the API answers. */
export const openStates = ['waiting', 'listed', 'asked', 'deciding', 'stuck'] as const;

export const stateShape = z.enum([...openStates, 'closed']);
export const outcomeShape = z.enum(['approved', 'rejected', 'decidedElsewhere', 'withdrawn', 'superseded']);

export const factChangeShape = z.object({
  what: z.enum([
    'total',
    'currency',
    'line added',
    'line removed',
    'further lines',
    'description',
    'quantity',
    'unitPrice',
    'supplier',
  ]),
  line: z.number().int().exactOptional(),
  was: z.string().nullable(),
  now: z.string().nullable(),
});

export const cardShape = z.object({
  id: z.string(),
  userId: z.number().int(),
  factsHash: z.string(),
  kind: z.enum(['message', 'lookUp']),
  createdAt: z.string(),
  sent: z.boolean(),
  live: z.boolean(),
});

export const timelineEntryShape = z.object({ at: z.string(), text: z.string() }).openapi('TimelineEntry');

export const rowShape = z
  .object({
    id: z.number().int(),
    'approvable-id': z.number().int(),
    'approvable-type': z.literal('RequisitionHeader'),
    status: z.string(),
    'updated-at': z.string().nullable(),
    state: stateShape,
    title: z.string().nullable(),
    requester: z.string().nullable(),
    total: z.string().nullable(),
    currency: z.string().nullable(),
    'submitted-at': z.string().nullable(),
  })
  .openapi('ApprovalRow');
