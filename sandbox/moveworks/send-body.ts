import { z } from 'zod';
import { badRequest, moveworksError } from './moveworks-error.ts';
import type { MoveworksEvent } from './options.ts';

const MOST_CHARACTERS = 20_000;
const MOST_RECIPIENTS = 500;

const sendBody = z.strictObject({
  message: z.string(),
  recipients: z.array(z.string()),
  context: z.strictObject({ slots: z.record(z.string(), z.string()).optional() }).optional(),
});

export interface Sent {
  message: string;
  recipients: string[];
  slots: Record<string, string>;
}

/**
 * Reads the payload of a send as strictly as Moveworks documents it; throws its error answer otherwise.
 * `knows` tells whether an address exists and is in the event's launch audience.
 */
export function readSend(text: string, event: MoveworksEvent, knows: (address: string) => boolean): Sent {
  const parsed = sendBody.safeParse(jsonOf(text));
  if (!parsed.success) {
    const unknownKey = parsed.error.issues.some((issue) => issue.code === 'unrecognized_keys');
    throw badRequest(
      unknownKey ? 'The payload has unknown fields' : 'One or more fields have an incorrect data-type',
    );
  }
  const { message, recipients, context } = parsed.data;
  if (message.length === 0) throw badRequest('message must not be empty');
  if (message.length > MOST_CHARACTERS) throw tooLong(`message is longer than ${MOST_CHARACTERS} characters`);
  if (recipients.length === 0) throw badRequest('recipients must not be empty');
  if (recipients.length > MOST_RECIPIENTS) throw tooLong(`more than ${MOST_RECIPIENTS} recipients`);
  if (!recipients.every((address) => z.email().safeParse(address).success)) {
    throw badRequest('One or more recipients are not valid email addresses');
  }
  // Assumed: that Moveworks checks this before answering is documented, the status it then gives is not.
  if (!recipients.every(knows)) throw badRequest('One or more recipients are unknown');
  const slots = context?.slots ?? {};
  if (!Object.keys(slots).every((key) => event.slots.includes(key))) {
    throw badRequest('context.slots has a slot that the event does not declare');
  }
  return { message, recipients, slots };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('Parsing of json payload failed : invalid character');
  }
}

function tooLong(message: string): Error {
  return moveworksError(400, 'INVALID_VALUE_SIZE_TOO_LONG', message);
}
