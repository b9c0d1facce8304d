import { cancellationSignal } from '@temporalio/activity';
import type { MoveworksSlot } from '../../config/config.ts';
import { RefusedError } from '../../connectors/http/errors.ts';
import type { MoveworksClient } from '../../connectors/moveworks/client.ts';
import type { DeliverInput, Delivery, DeliverResult } from '../../contract/notification.ts';
import type { References } from '../../references/references.ts';
import { beating } from '../beating.ts';
import { slotsOf } from './slots.ts';

interface DeliverDeps {
  readonly moveworks: MoveworksClient;
  readonly references: References;
  /** The event with the buttons. */
  readonly eventId: string;
  /** The event without follow-up actions; without one the other carries notices, too. */
  readonly noticeEventId?: string | undefined;
  readonly slots: readonly MoveworksSlot[];
}

/** A vendor's words may quote what was sent: addresses, and whatever is as long as a key and has digits, go out. */
function harmless(word: string): string {
  return word
    .replaceAll(/\S*@\S*/g, '[address]')
    .replaceAll(/[\w.~+/=-]{20,}/g, (run) => (/\d/.test(run) ? '[redacted]' : run));
}

/** Activities of the queue `moveworks` for messages that a caller wrote: one request each. */
export function createDeliverActivities({
  moveworks,
  references,
  eventId,
  noticeEventId,
  slots,
}: DeliverDeps) {
  function target(delivery: Delivery) {
    if (delivery.kind === 'notice') {
      return { eventId: noticeEventId ?? eventId, recipients: delivery.recipients };
    }
    const { approvalId, requisitionId, cardId, userId, address } = delivery;
    // Signed here, so that no reference stands in a workflow's history (P9).
    const reference = references.sign({ approvalId, userId, card: cardId });
    const values = { reference, sheet: { requisitionId }, to: { address } };
    return { eventId, recipients: [address], slots: slotsOf(slots, values) };
  }

  return {
    /**
     * Sends one delivery. At least once (P7): a repeat happens only where Moveworks' answer was lost. A refusal is
     * an answer and no failure; any other error is thrown for Temporal to retry or to give up on.
     */
    async deliver({ message, delivery }: DeliverInput): Promise<DeliverResult> {
      const signal = cancellationSignal();
      try {
        await beating(() => moveworks.send({ ...target(delivery), message, signal }));
        return { kind: 'sent' };
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        return { kind: 'refused', words: error.words.map(harmless) };
      }
    },
  };
}
