import type { MoveworksClient } from '../../connectors/moveworks/client.ts';

/** What is noted of a message that was not sent: numbers only, no names and no addresses (P9). */
export interface Unsent {
  readonly recipients: number;
  readonly characters: number;
}

/** A client that sends nothing, and answers as if it had: for `MODE=shadow`, where workflows run as ever. */
export function silentMoveworks(
  moveworks: MoveworksClient,
  note: (unsent: Unsent) => void = () => undefined,
): MoveworksClient {
  return {
    ...moveworks,
    send: ({ recipients, message }) => {
      note({ recipients: recipients.length, characters: message.length });
      return Promise.resolve({});
    },
  };
}
