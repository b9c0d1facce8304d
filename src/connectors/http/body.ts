/** A body as far as it could be read: whole, or why not. */
export type BodyText =
  { readonly whole: true; readonly text: string } | { readonly whole: false; readonly why: 'large' | 'cut' };

/** Reads a body up to `maxBytes`, then stops and closes the connection. Never throws: the status may say enough. */
export async function readBody(response: Response, maxBytes: number): Promise<BodyText> {
  if (!response.body) return { whole: true, text: '' };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > maxBytes) {
        await reader.cancel();
        return { whole: false, why: 'large' };
      }
      chunks.push(part.value);
    }
  } catch {
    return { whole: false, why: 'cut' };
  }
  return { whole: true, text: new TextDecoder().decode(Buffer.concat(chunks)) };
}

/** `type/subtype` in lower case, without parameters; undefined when absent or malformed. */
export function mediaType(headers: Headers): string | undefined {
  const essence = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return essence !== undefined && /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(essence) ? essence : undefined;
}

/** The parsed JSON, or `notJson` for another media type or text that does not parse. An empty body is undefined. */
export function parseJson(
  type: string | undefined,
  text: string,
): { json: unknown } | { notJson: 'type' | 'syntax' } {
  if (text.trim() === '') return { json: undefined };
  if (type === undefined || !(type === 'application/json' || type.endsWith('+json')))
    return { notJson: 'type' };
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    // The SyntaxError quotes the body, so it goes no further (P9).
    return { notJson: 'syntax' };
  }
}
