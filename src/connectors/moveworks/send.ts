import { TerminalError } from '../http/errors.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { percentEncode } from '../http/url.ts';

const OPERATION = 'POST /rest/v1/events/:id/messages/send';
/** Moveworks' documented limits. */
const MAX_MESSAGE_CHARS = 20_000;
const MAX_RECIPIENTS = 500;

export interface SendOptions {
  /** The uuid of a published event. */
  readonly eventId: string;
  /** 1 to 20,000 characters of Moveworks' HTML, already escaped. */
  readonly message: string;
  /** 1 to 500 addresses; all get the same message and slots. */
  readonly recipients: readonly string[];
  readonly slots?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The id of the exchange, where Moveworks gave one. */
export interface SendReceipt {
  readonly requestId?: string;
}

/**
 * Sends a message for an event. Success means only that Moveworks has taken it: there is no delivery receipt and no
 * idempotency key, so an UnknownOutcomeError means that a repeat may show the message twice (P7).
 * Throws a TerminalError, before any call, for a message or recipients outside Moveworks' limits.
 */
export async function send(http: HttpRequest, options: SendOptions): Promise<SendReceipt> {
  const { eventId, message, recipients, slots, signal } = options;
  if (message.trim() === '' || message.length > MAX_MESSAGE_CHARS) {
    throw outside(`the message has ${message.length} characters; send 1 to ${MAX_MESSAGE_CHARS}`);
  }
  if (recipients.length < 1 || recipients.length > MAX_RECIPIENTS) {
    throw outside(`${recipients.length} recipients; send to 1 to ${MAX_RECIPIENTS}`);
  }
  const answer = await http({
    method: 'POST',
    path: `/rest/v1/events/${percentEncode(eventId)}/messages/send`,
    operation: OPERATION,
    json: { message, recipients, ...(slots && Object.keys(slots).length > 0 && { context: { slots } }) },
    effect: 'write',
    signal,
  });
  return answer.requestId === undefined ? {} : { requestId: answer.requestId };
}

function outside(message: string): TerminalError {
  return new TerminalError(message, { vendor: 'moveworks', operation: OPERATION });
}
