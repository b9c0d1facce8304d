function mistakeIn(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

/** V8 names no position for some tokens: it is the end of the shortest beginning of the text that has such a one. */
function tokenPosition(text: string): number {
  let right = 0;
  let wrong = text.length;
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2);
    if (mistakeIn(text.slice(0, middle))?.startsWith('Unexpected token') === true) wrong = middle;
    else right = middle;
  }
  return wrong - 1;
}

/** Where a text stops being JSON, for people; the parser's own sentence would quote the text (P9). */
export function placeOfMistake(text: string): string {
  const mistake = mistakeIn(text) ?? '';
  const [, named] = /at position (\d+)/.exec(mistake) ?? [];
  const position = mistake.startsWith('Unexpected token')
    ? tokenPosition(text)
    : Number(named ?? text.length);
  if (position >= text.trimEnd().length) return 'it ends too early';
  const before = text.slice(0, position).split('\n');
  return `see line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
