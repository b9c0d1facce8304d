import { z } from '@hono/zod-openapi';
import { purchaseRequestRef } from '../../contract/ids.ts';
import type { PurchaseRequestMemo, PurchaseRequestRecord } from '../../contract/purchase-request.ts';
import { timelineEntryShape } from '../shapes.ts';
import {
  attentionShape,
  exceptionShape,
  orderShape,
  purchaseRequestState,
  requestProblemShape,
  summaryShape,
  troubleShape,
} from './shapes.ts';

/** One purchase request in a list: what is known without a worker. */
export const purchaseRequestRow = z
  .object({
    id: z.string(),
    ref: z.string(),
    open: z.boolean().openapi({ description: 'Whether it is still worked on here.' }),
    state: purchaseRequestState,
    requisitionId: z
      .number()
      .int()
      .optional()
      .openapi({ description: 'The requisition in Coupa that it was made from.' }),
    purchaseRequestId: z.string().optional().openapi({ description: "SAP Concur's id." }),
    purchaseRequestNumber: z.string().optional().openapi({ description: 'As people see it in SAP Concur.' }),
    workflowStatus: z.string().optional().openapi({ description: "SAP Concur's own word." }),
    purchaseOrders: z.array(orderShape),
    attention: attentionShape.optional().openapi({ description: 'Why a human is needed.' }),
    summary: summaryShape,
    startedAt: z.string().optional(),
  })
  .openapi('PurchaseRequestRow');

/** A purchase request as callers see it. From the memo alone (no worker is running) it tells less. */
export const purchaseRequestView = purchaseRequestRow
  .omit({ requisitionId: true })
  .extend({
    source: z
      .enum(['record', 'memo'])
      .openapi({ description: '`memo`: no worker answered; the rest is missing.' }),
    origin: z
      .object({
        kind: z.enum(['api', 'handOff']),
        caller: z.string().optional().openapi({ description: "Name of the caller's key." }),
        requisitionId: z.number().int().optional(),
      })
      .openapi({ description: 'Who wanted it: a caller, or an approved requisition in Coupa.' }),
    queueStatus: z
      .string()
      .optional()
      .openapi({ description: 'Whether SAP Concur has created it yet, in its own word.' }),
    exceptions: z.array(exceptionShape).optional(),
    problems: z.array(requestProblemShape).optional(),
    trouble: troubleShape.optional().openapi({ description: 'Why it does not go on for now.' }),
    correlationId: z.string().optional().openapi({ description: "SAP's support asks for it." }),
    timeline: z.array(timelineEntryShape).optional(),
  })
  .openapi('PurchaseRequestDetails');

type PurchaseRequestRow = z.infer<typeof purchaseRequestRow>;
type PurchaseRequestView = z.infer<typeof purchaseRequestView>;

/** The row of a list, and what a view has in common with it. */
export function rowOfMemo(memo: PurchaseRequestMemo, open: boolean): PurchaseRequestRow {
  const { id, state, requisitionId, concurId, number, workflowStatus, attention, summary, startedAt } = memo;
  return {
    id,
    ref: purchaseRequestRef(id),
    open,
    state,
    requisitionId,
    purchaseRequestId: concurId,
    purchaseRequestNumber: number,
    workflowStatus,
    purchaseOrders: memo.orders.map((order) => ({ number: order })),
    attention,
    summary,
    startedAt,
  };
}

/** What is known without a worker. */
export function viewOfMemo(memo: PurchaseRequestMemo, open: boolean): PurchaseRequestView {
  const { requisitionId, ...row } = rowOfMemo(memo, open);
  const origin =
    requisitionId === undefined ? { kind: 'api' as const } : { kind: 'handOff' as const, requisitionId };
  return { ...row, source: 'memo', origin };
}

/** The whole story; `startedAt` is the memo's to tell. */
export function viewOfRecord(
  record: PurchaseRequestRecord,
  { open, startedAt }: { open: boolean; startedAt: string | undefined },
): PurchaseRequestView {
  const { id, ref, state, origin, concurId, status, attention, trouble, correlationId, summary } = record;
  return {
    id,
    ref,
    open,
    state,
    purchaseRequestId: concurId,
    purchaseRequestNumber: status?.number,
    workflowStatus: status?.workflowStatus,
    // A number may be known before the order itself could be read.
    purchaseOrders:
      record.orders.length > 0 ? [...record.orders] : (status?.orders ?? []).map((number) => ({ number })),
    attention,
    summary,
    startedAt,
    source: 'record',
    origin,
    queueStatus: status?.queueStatus,
    exceptions: [...(status?.exceptions ?? [])],
    problems: [...record.problems],
    trouble,
    correlationId,
    timeline: [...record.timeline],
  };
}
