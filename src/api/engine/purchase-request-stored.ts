import { z } from '@hono/zod-openapi';
import {
  purchaseRequestMemoKey,
  type PurchaseRequestMemo,
  type PurchaseRequestRecord,
} from '../../contract/purchase-request.ts';
import { definite } from '../purchase-requests/definite.ts';
import {
  attentionShape,
  exceptionShape,
  orderShape,
  purchaseRequestState,
  requestProblemShape,
  summaryShape,
  troubleShape,
} from '../purchase-requests/shapes.ts';
import { timelineEntryShape } from '../shapes.ts';

/** What a purchase request's workflow leaves in Temporal, checked on the way in: another release may have written it. */
const memoShape = z.object({
  id: z.string(),
  state: purchaseRequestState,
  requisitionId: z.number().optional(),
  concurId: z.string().optional(),
  knownAs: z.string().optional(),
  number: z.string().optional(),
  queueStatus: z.string().optional(),
  workflowStatus: z.string().optional(),
  notWanted: z.literal(true).optional(),
  orders: z.array(z.string()),
  attention: attentionShape.optional(),
  summary: summaryShape,
  startedAt: z.string(),
});

const recordShape = z.object({
  id: z.string(),
  ref: z.string(),
  state: purchaseRequestState,
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('api'), caller: z.string() }),
    z.object({ kind: z.literal('handOff'), requisitionId: z.number() }),
  ]),
  concurId: z.string().optional(),
  status: z
    .object({
      number: z.string().optional(),
      queueStatus: z.string().optional(),
      workflowStatus: z.string().optional(),
      exceptions: z.array(exceptionShape),
      orders: z.array(z.string()),
    })
    .optional(),
  orders: z.array(orderShape),
  attention: attentionShape.optional(),
  problems: z.array(requestProblemShape),
  trouble: troubleShape.optional(),
  correlationId: z.string().optional(),
  summary: summaryShape,
  timeline: z.array(timelineEntryShape),
});

/** The memo of a purchase request's workflow; undefined for one we do not understand. */
export function readPurchaseRequestMemo(
  stored: Record<string, unknown> | undefined,
): PurchaseRequestMemo | undefined {
  return definite(memoShape.safeParse(stored?.[purchaseRequestMemoKey]).data);
}

/** The record that a query or a closed workflow gave; undefined for one we do not understand. */
export function readPurchaseRequestRecord(stored: unknown): PurchaseRequestRecord | undefined {
  return definite(recordShape.safeParse(stored).data);
}
