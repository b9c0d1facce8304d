import { createHash } from 'node:crypto';

const markBytes = 8;

function markOf(query: string, token: Uint8Array): Buffer {
  return createHash('sha256').update(`${query}\n`).update(token).digest().subarray(0, markBytes);
}

/**
 * Wraps Temporal's page token with a mark of it and of its query: a token says nothing in another query, and a
 * damaged one makes the server fail in a way that the SDK retries.
 */
export function encodeCursor(query: string, token: Uint8Array): string {
  return Buffer.concat([markOf(query, token), token]).toString('base64url');
}

/** The page token inside a cursor; undefined for anything that this query did not give out. */
export function decodeCursor(query: string, cursor: string): Buffer | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  const token = bytes.subarray(markBytes);
  const ours =
    bytes.toString('base64url') === cursor && bytes.subarray(0, markBytes).equals(markOf(query, token));
  return ours && token.length > 0 ? token : undefined;
}
