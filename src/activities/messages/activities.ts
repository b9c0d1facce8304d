import { cancellationSignal } from '@temporalio/activity';
import { beating } from '../beating.ts';
import type { MoveworksSlot } from '../../config/config.ts';
import { renderCard, type CardStyle } from '../../cards/card.ts';
import { renderOutcome } from '../../cards/notice.ts';
import type { MoveworksClient } from '../../connectors/moveworks/client.ts';
import type { NotifyRequesterInput, SendCardInput } from '../../contract/message-inputs.ts';
import type { References } from '../../references/references.ts';
import { slotsOf } from './slots.ts';

export interface MessageDeps {
  readonly moveworks: MoveworksClient;
  readonly references: References;
  /** The event with the buttons. */
  readonly eventId: string;
  /** The event without follow-up actions; without one no notices are sent. */
  readonly noticeEventId?: string | undefined;
  readonly slots: readonly MoveworksSlot[];
  readonly notifyRequester: 'rejections' | 'all' | 'none';
  readonly style: CardStyle;
}

/** Activities of the queue `moveworks`: one request each. */
export function createMessageActivities(deps: MessageDeps) {
  const { moveworks, references, style } = deps;
  return {
    /** Sends one card. At least once (P7): a repeat happens only where Moveworks' answer was lost. */
    async sendCard(input: SendCardInput): Promise<void> {
      const { approvalId, cardId, to, sheet, previous } = input;
      // An approver without an address is never asked: the look before says so.
      const recipients = to.address === undefined ? [] : [to.address];
      const reference = references.sign({ approvalId, userId: to.id, card: cardId });
      const message = renderCard({ sheet, to, ...(previous === undefined ? {} : { previous }) }, style);
      const slots = slotsOf(deps.slots, { reference, sheet, to });
      const signal = cancellationSignal();
      // Without heartbeats a card that waits for the limiter would not hear that it is no longer wanted (P11).
      await beating(() => moveworks.send({ eventId: deps.eventId, message, recipients, slots, signal }));
    },

    /** Tells the requester how an approval ended, if policy wants it and there is an event for it. */
    async notifyRequester({ sheet, standing, reason }: NotifyRequesterInput): Promise<'sent' | 'not wanted'> {
      const wanted = { all: true, none: false, rejections: standing.action === 'reject' }[
        deps.notifyRequester
      ];
      const address = sheet.requester?.address;
      if (!wanted || deps.noticeEventId === undefined || address === undefined) return 'not wanted';
      const outcome = { sheet, standing, ...(reason === undefined ? {} : { reason }) };
      await moveworks.send({
        eventId: deps.noticeEventId,
        message: renderOutcome(outcome, style.locale),
        recipients: [address],
        signal: cancellationSignal(),
      });
      return 'sent';
    },
  };
}
