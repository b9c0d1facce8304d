import { z } from '@hono/zod-openapi';
import { approvalMemoKey, type ApprovalMemo, type ApprovalRecord } from '../../contract/approval.ts';
import type { Settlement } from '../../contract/messages.ts';
import type { NotificationResult } from '../../contract/notification.ts';
import {
  cardShape,
  factChangeShape,
  outcomeShape,
  rowShape,
  stateShape,
  timelineEntryShape,
} from '../shapes.ts';

/** What workflows leave in Temporal, checked on the way in: another release may have written it. */
const memoShape = z.object({
  state: stateShape,
  outcome: outcomeShape.exactOptional(),
  stuckReason: z.string().exactOptional(),
  factsHash: z.string().exactOptional(),
  asked: z.array(z.object({ userId: z.number(), cards: z.array(z.string()) })),
  row: rowShape,
});

const standingShape = z.object({
  decisionId: z.string(),
  action: z.enum(['approve', 'reject']),
  userId: z.number(),
  address: z.string().exactOptional(),
  name: z.string(),
  at: z.string(),
});

const answerShapes = [
  z.object({ kind: z.literal('carriedOut'), standing: standingShape }),
  z.object({
    kind: z.literal('decided'),
    standing: standingShape.exactOptional(),
    coupaStatus: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('changed'), changes: z.array(factChangeShape) }),
  z.object({ kind: z.literal('notEntitled') }),
  z.object({ kind: z.literal('refused'), words: z.array(z.string()) }),
  z.object({ kind: z.literal('withdrawn') }),
  z.object({ kind: z.literal('superseded') }),
] as const;

const settlementShape = z.discriminatedUnion('kind', [
  ...answerShapes,
  z.object({ kind: z.literal('pending') }),
]);

const decisionShape = z.object({
  decisionId: z.string(),
  action: z.enum(['approve', 'reject']),
  actor: z.object({ userId: z.number().exactOptional(), address: z.string().exactOptional() }),
  reason: z.string().exactOptional(),
  card: z.string().exactOptional(),
  receivedAt: z.string(),
  via: z.enum(['card', 'lookUp', 'address']),
  caller: z.string(),
});

const recordShape = z.object({
  approvalId: z.number(),
  requisitionId: z.number(),
  state: stateShape,
  stuckReason: z.string().exactOptional(),
  outcome: outcomeShape.exactOptional(),
  standing: standingShape.exactOptional(),
  coupaStatus: z.string().exactOptional(),
  approvers: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      address: z.string().exactOptional(),
      as: z.object({ kind: z.enum(['delegate', 'member']), of: z.string() }).exactOptional(),
    }),
  ),
  cards: z.array(cardShape),
  queue: z.array(decisionShape),
  answers: z.record(z.string(), z.discriminatedUnion('kind', answerShapes)),
  reminders: z.number(),
  timeline: z.array(timelineEntryShape),
});

const notificationShape = z.object({
  deliveries: z.array(
    z.object({
      userId: z.number().exactOptional(),
      recipients: z.number(),
      outcome: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('sent') }),
        z.object({ kind: z.literal('refused'), words: z.array(z.string()) }),
        z.object({
          kind: z.literal('failed'),
          problem: z.object({ type: z.string(), message: z.string() }),
        }),
      ]),
    }),
  ),
});

/** The memo of an approval's workflow; undefined while it has none yet, or one we do not understand. */
export function readMemo(stored: Record<string, unknown> | undefined): ApprovalMemo | undefined {
  return memoShape.safeParse(stored?.[approvalMemoKey]).data;
}

/** The record that a query or a closed workflow gave; undefined for one we do not understand. */
export function readRecord(stored: unknown): ApprovalRecord | undefined {
  return recordShape.safeParse(stored).data;
}

/** The answer to a decision; `pending` for one we do not understand. */
export function readSettlement(stored: unknown): Settlement {
  return settlementShape.safeParse(stored).data ?? { kind: 'pending' };
}

/** The result of a notification; undefined for one we do not understand. */
export function readNotificationResult(stored: unknown): NotificationResult | undefined {
  return notificationShape.safeParse(stored).data;
}
