/**
 * Coupa publishes no limit for a reason; it travels in the URL, whose common limits begin at some 4,000 bytes. With the
 * parameter's name the query has 2,000 bytes at the most.
 */
export const MAX_REASON_BYTES = 2000 - 'reason='.length;

const ELLIPSIS = '…';

/**
 * Makes a reason fit for the `reason` query parameter: control characters become spaces, and it is cut with an
 * ellipsis so that its percent-encoded form has at most `MAX_REASON_BYTES`. The beginning stays, since it carries
 * the marker by which our own write is recognised (P5).
 */
export function fitReason(reason: string): string {
  const text = Buffer.from(reason.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')).toString();
  if (encodedBytes(text) <= MAX_REASON_BYTES) return text;
  const limit = MAX_REASON_BYTES - encodedBytes(ELLIPSIS);
  let kept = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += encodedBytes(segment);
    if (bytes > limit) break;
    kept += segment;
  }
  return `${kept}${ELLIPSIS}`;
}

function encodedBytes(text: string): number {
  return encodeURIComponent(text).length;
}
