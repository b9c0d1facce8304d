const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text from Coupa inside a message: markup becomes text, and line breaks cannot forge a line of the card. */
export function escapeText(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Escaped text of at most `length` characters: entities make text grow, so the bound is on what is sent. */
export function escapeWithin(text: string, length: number): string {
  const whole = escapeText(text);
  if (whole.length <= length) return whole;
  let kept = '';
  for (const point of Array.from(text.slice(0, length))) {
    const next = /\s/.test(point) ? ' ' : escapeText(point);
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
