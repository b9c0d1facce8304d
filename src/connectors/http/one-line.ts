/** A vendor's text on one line of at most `maxChars` characters; a longer one ends in an ellipsis. */
export function oneLine(text: string, maxChars: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  // A cut inside a surrogate pair would leave half a character, which some encoders refuse.
  return line.length <= maxChars ? line : `${line.slice(0, maxChars - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
