import { z } from '@hono/zod-openapi';
import type { ApprovalMemo, ApprovalRecord } from '../contract/approval.ts';
import { cardShape, outcomeShape, stateShape, timelineEntryShape } from './shapes.ts';
import { standingView, viewOfStanding } from './views.ts';

const cardView = cardShape
  .omit({ factsHash: true })
  .partial({ kind: true, createdAt: true, sent: true })
  .openapi('Card');

/** An approval as callers see it. From the memo alone (no worker is running) it tells less. */
export const approvalView = z
  .object({
    approvalId: z.number().int(),
    requisitionId: z.number().int(),
    source: z
      .enum(['record', 'memo'])
      .openapi({ description: '`memo`: no worker answered; the rest is missing.' }),
    state: stateShape,
    stuckReason: z.string().optional(),
    outcome: outcomeShape.optional(),
    decision: standingView.optional(),
    coupaStatus: z.string().optional(),
    approvers: z.array(z.object({ id: z.number().int(), name: z.string().optional() })),
    cards: z.array(cardView),
    reminders: z.number().int().optional(),
    timeline: z.array(timelineEntryShape).optional(),
  })
  .openapi('Approval');

type ApprovalView = z.infer<typeof approvalView>;

/** The whole story, without addresses: of people, ids and names suffice. */
export function viewOfRecord(record: ApprovalRecord): ApprovalView {
  const { approvalId, requisitionId, state, stuckReason, outcome, standing, coupaStatus, reminders } = record;
  return {
    approvalId,
    requisitionId,
    source: 'record',
    state,
    stuckReason,
    outcome,
    decision: standing === undefined ? undefined : viewOfStanding(standing),
    coupaStatus,
    approvers: record.approvers.map(({ id, name }) => ({ id, name })),
    cards: record.cards.map(({ id, userId, kind, createdAt, sent, live }) => {
      return { id, userId, kind, createdAt, sent, live };
    }),
    reminders,
    timeline: [...record.timeline],
  };
}

/** What is known without a worker: who was asked, and how things stand. */
export function viewOfMemo(approvalId: number, memo: ApprovalMemo): ApprovalView {
  const { state, stuckReason, outcome, asked, row } = memo;
  return {
    approvalId,
    requisitionId: row['approvable-id'],
    source: 'memo',
    state,
    stuckReason,
    outcome,
    approvers: asked.map(({ userId }) => ({ id: userId })),
    cards: asked.flatMap(({ userId, cards }) => cards.map((id) => ({ id, userId, live: true }))),
  };
}
