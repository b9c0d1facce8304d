import { partsOf } from './pointer.ts';
import type { FieldProblem } from './problem-error.ts';

/** As many as one line tells; `errors` has them all. */
const mostProblems = 3;
/** The name of a member that nobody knows is the caller's own, and may be as long as the body. */
const mostPlaceCharacters = 80;

/** The end of a pointer: the member, or from the list on where it is in one, since `quantity` alone could be any line's. */
function endOf(pointer: string): string {
  const parts = partsOf(pointer);
  const item = parts.findIndex((part) => /^\d+$/.test(part));
  const from = item === -1 ? parts.length - 1 : item - 1;
  return parts.slice(Math.max(from, 0)).join('/');
}

/** On one line, and not longer than anybody reads. */
function brief(place: string): string {
  const characters = Array.from(place.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim());
  return characters.length > mostPlaceCharacters
    ? `${characters.slice(0, mostPlaceCharacters - 1).join('')}…`
    : characters.join('');
}

/** Whether a text says a parameter's name itself: it is not said twice then. */
function says(detail: string, name: string): boolean {
  return detail
    .toLowerCase()
    .split(/[^\p{L}\p{N}_-]+/u)
    .includes(name.toLowerCase());
}

function sentence({ pointer, parameter, detail }: FieldProblem): string {
  // A member's name may be the caller's own invention, and a word of the text by chance: it is always said.
  if (pointer === undefined && says(detail, parameter ?? '')) return detail;
  const place = pointer === undefined ? (parameter ?? '') : brief(endOf(pointer));
  return place === '' ? detail : `${place}: ${detail}`;
}

/** Problems in one line for callers that show nothing else: the first ones, each with its place, and how many more. */
export function problemLine(problems: readonly FieldProblem[]): string {
  const more = problems.length - mostProblems;
  return [...problems.slice(0, mostProblems).map(sentence), ...(more > 0 ? [`And ${more} more.`] : [])].join(
    ' ',
  );
}
