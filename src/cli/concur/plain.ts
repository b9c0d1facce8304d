/**
 * A text from elsewhere as part of one line on a terminal: without control characters, which could move the cursor or
 * colour what follows, and without marks that turn the direction of writing.
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

/** A document for machines. `JSON.stringify` leaves some control characters as they are; they are escaped here. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
