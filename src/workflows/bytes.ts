/** How many bytes of UTF-8 a text takes. A half of a surrogate pair counts as the replacement it becomes. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const point of text) {
    const code = point.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const ellipsis = '…';

/** Cuts a text so that it takes `maxBytes` in JSON, escapes counted, and never inside a character. */
export function clip(text: string, maxBytes: number): string {
  let bytes = 0;
  let kept = '';
  for (const point of text) {
    // Without the quotes around it.
    bytes += utf8Bytes(JSON.stringify(point)) - 2;
    if (bytes > maxBytes) return `${kept}${ellipsis}`;
    if (bytes <= maxBytes - utf8Bytes(ellipsis)) kept += point;
  }
  return text;
}
