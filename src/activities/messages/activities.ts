import { cancellationSignal, log } from '@temporalio/activity';
import { beating } from '../beating.ts';
import type { MoveworksSlot } from '../../config/config.ts';
import { renderCard } from '../../cards/card.ts';
import type { CardStyle } from '../../cards/content.ts';
import { renderEnding } from '../../cards/ending.ts';
import { renderOutcome } from '../../cards/notice.ts';
import { renderPurchaseRequestNotice } from '../../cards/purchase-request-notice.ts';
import type { MoveworksClient } from '../../connectors/moveworks/client.ts';
import type { TellPurchaseRequesterInput } from '../../contract/concur-work.ts';
import type { NotifyRequesterInput, SendCardInput, TellHolderInput } from '../../contract/message-inputs.ts';
import type { Mode } from '../../contract/mode.ts';
import type { References } from '../../references/references.ts';
import { createCommentReader, type ReadLastComment } from './last-comment.ts';
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
  /** Where cards have their last comment from; without it they show none. */
  readonly lastComment?: ReadLastComment | undefined;
}

/** Reads the comment for a card, or nothing where no card shows one. */
function commentsFor({ style, lastComment }: MessageDeps) {
  if (lastComment === undefined || !style.cardFields.includes('last-comment')) return () => undefined;
  return createCommentReader({
    read: lastComment,
    warn: (reason) => {
      log.warn('a card goes out without its last comment', { reason });
    },
  });
}

/** Activities of the queue `moveworks`: one request each to Moveworks, and one to Coupa for a card's comment. */
export function createMessageActivities(deps: MessageDeps) {
  const { moveworks, references, style } = deps;
  const commentOf = commentsFor(deps);
  return {
    /**
     * Sends one card, or reminds of it. At least once (P7): a repeat happens only where Moveworks' answer was lost.
     * Answers the mode that it went out in: in `shadow` and `notify` nobody can decide by it.
     * The comment is read now and not when the requisition was looked at: it is no fact that a decision rests on.
     */
    async sendCard(input: SendCardInput): Promise<Mode> {
      const { approvalId, cardId, to, sheet, others, previous, reminder } = input;
      // An approver without an address is never asked: the look before says so.
      const recipients = to.address === undefined ? [] : [to.address];
      const reference = references.sign({ approvalId, userId: to.id, card: cardId });
      const slots = slotsOf(deps.slots, { reference, sheet, to });
      const signal = cancellationSignal();
      // Without heartbeats a card that waits for the limiter would not hear that it is no longer wanted (P11).
      await beating(async () => {
        const lastComment = await commentOf(sheet.requisitionId, signal);
        const message = renderCard(
          {
            sheet,
            to,
            ...(others === undefined ? {} : { others }),
            ...(previous === undefined ? {} : { previous }),
            ...(reminder === undefined ? {} : { reminder }),
            ...(lastComment === undefined ? {} : { lastComment }),
          },
          style,
        );
        await moveworks.send({ eventId: deps.eventId, message, recipients, slots, signal });
      });
      return style.mode;
    },

    /** Tells somebody who holds a card that it asks nothing any more, if there is an event for notices. */
    async tellHolder({ to, ...content }: TellHolderInput): Promise<'sent' | 'not wanted'> {
      if (deps.noticeEventId === undefined || to.address === undefined) return 'not wanted';
      await moveworks.send({
        eventId: deps.noticeEventId,
        message: renderEnding({ to, ...content }, style),
        recipients: [to.address],
        signal: cancellationSignal(),
      });
      return 'sent';
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

    /**
     * Tells whoever wanted a purchase request how it goes, if there is an event for notices. An address that Moveworks
     * refuses is a `RefusedError`, which no repeat mends.
     */
    async tellPurchaseRequester({ to, ...news }: TellPurchaseRequesterInput): Promise<'sent' | 'not wanted'> {
      const { noticeEventId } = deps;
      if (noticeEventId === undefined) return 'not wanted';
      const message = renderPurchaseRequestNotice(news, style.locale);
      const signal = cancellationSignal();
      await beating(() => moveworks.send({ eventId: noticeEventId, message, recipients: [to], signal }));
      return 'sent';
    },
  };
}
