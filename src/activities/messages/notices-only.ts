import { escapeText } from '../../cards/escape.ts';
import type { MoveworksSlot } from '../../config/config.ts';
import type { MoveworksClient } from '../../connectors/moveworks/client.ts';

/** Moveworks takes messages of so many characters. */
const maxMessageCharacters = 20_000;

/** The slots that a message must be given for `noticesOnly`: the requisition is where its link leads. */
export const noticesOnlySlots: readonly MoveworksSlot[] = ['approval_id', 'requisition_id'];

/** Requisitions in Coupa's own pages are at `/requisition_headers/<id>`, as seen in public integrations. */
function decideLine(coupaBaseUrl: string, requisitionId: string): string {
  const address = escapeText(`${coupaBaseUrl}/requisition_headers/${requisitionId}`);
  return `\n\n<b>Decide in Coupa:</b> <a href="${address}">requisition ${escapeText(requisitionId)}</a>`;
}

/**
 * A client for `MODE=notify`: whatever is sent goes out by the event for notices, without slots, so that no message
 * carries a button or a reference. One that would have asked, known by its slots, says to decide in Coupa, with the
 * link; where a caller's message leaves no room for that line it goes out as it is.
 */
export function noticesOnly(
  moveworks: MoveworksClient,
  { noticeEventId, coupaBaseUrl }: { readonly noticeEventId: string; readonly coupaBaseUrl: string },
): MoveworksClient {
  return {
    ...moveworks,
    send: ({ slots, message, ...options }) => {
      const requisitionId = slots?.['requisition_id'];
      const line = requisitionId === undefined ? '' : decideLine(coupaBaseUrl, requisitionId);
      const whole = message.length + line.length <= maxMessageCharacters ? message + line : message;
      return moveworks.send({ ...options, eventId: noticeEventId, message: whole });
    },
  };
}
