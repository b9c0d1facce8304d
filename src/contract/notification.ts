import type { Problem } from './observation.ts';

/** One message on its way: to everybody at once, or to one approver who may decide by it. */
export type Delivery =
  | { readonly kind: 'notice'; readonly recipients: readonly string[] }
  | {
      readonly kind: 'question';
      readonly approvalId: number;
      readonly requisitionId: number;
      /** Card that was recorded before; the reference to it is made when the message is sent, never kept. */
      readonly cardId: string;
      readonly userId: number;
      readonly address: string;
    };

/** Argument of the workflow `notification`. */
export interface NotificationInput {
  /** Moveworks' HTML, passed on as it came. */
  readonly message: string;
  readonly deliveries: readonly Delivery[];
}

/** Argument of the activity `deliver`. */
export interface DeliverInput {
  readonly message: string;
  readonly delivery: Delivery;
}

/** What Moveworks said to one delivery: it took it, or refuses it for good, in words without addresses (P9). */
export type DeliverResult =
  { readonly kind: 'sent' } | { readonly kind: 'refused'; readonly words: readonly string[] };

/** What became of one delivery; `failed`: Moveworks never said that it took it. */
type DeliveryOutcome = DeliverResult | { readonly kind: 'failed'; readonly problem: Problem };

/** Tells people by their Coupa user id, or by how many they are (P9). */
export interface DeliveryReport {
  readonly userId?: number;
  readonly recipients: number;
  readonly outcome: DeliveryOutcome;
}

/** Result of the workflow `notification`: a report for each delivery, in their order. */
export interface NotificationResult {
  readonly deliveries: readonly DeliveryReport[];
}

/** Memo key of the hash of what was asked for: tells a repeat from another request under the same key. */
export const notificationMemoKey = 'notification';
