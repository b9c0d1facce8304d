const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * One line: a line break from Coupa cannot forge a line of the card. Marks that turn the direction of writing go too,
 * since one left open would turn what follows it, an amount perhaps; letters written from the right need none. Half a
 * character, of a text that was cut somewhere, is no text that every reader of JSON takes.
 */
function flatten(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function encode(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Text from Coupa inside a message: markup becomes text, on one line. */
export function escapeText(text: string): string {
  return encode(flatten(text));
}

/** Escaped text of at most `length` characters: entities make text grow, so the bound is on what is sent. */
export function escapeWithin(text: string, length: number): string {
  const flat = flatten(text);
  const whole = encode(flat);
  if (whole.length <= length) return whole;
  let kept = '';
  // By code points, so that neither an entity nor a character is cut in half.
  for (const point of flat) {
    const next = encode(point);
    if (kept.length + next.length >= length) break;
    kept += next;
  }
  return `${kept}…`;
}

/** Shortens by code points, so that none is cut in half. */
export function clip(text: string, length: number): string {
  const points = Array.from(text);
  return points.length <= length ? text : `${points.slice(0, length - 1).join('')}…`;
}
