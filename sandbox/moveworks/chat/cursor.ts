import type { Cursor } from './conversation.ts';

/** A cursor as it travels in addresses and event ids: `<message id>.<turn id>`. */
export function cursorText({ messageId, turnId }: Cursor): string {
  return `${messageId}.${turnId}`;
}

/** Reads it back; undefined for anything else. */
export function readCursor(text: string | undefined): Cursor | undefined {
  const [, messageId, turnId] = /^(\d{1,15})\.(\d{1,15})$/.exec(text ?? '') ?? [];
  return messageId === undefined || turnId === undefined
    ? undefined
    : { messageId: Number(messageId), turnId: Number(turnId) };
}
