import type { PassResult } from '../../contract/poll.ts';
import type { Page } from './pages.ts';

type SeenClosed = PassResult['seenClosed'];

/** Entries kept, some 40 bytes each: the result of a run stays far below Temporal's 2 MB. */
const mostKept = 5_000;

/**
 * What was seen outside a page stays seen: a slice that comes round only every few runs would otherwise see each
 * closed workflow's row for the first time, every time. Inside the page, the page itself says it anew.
 */
export function seenOutside(seenClosed: SeenClosed, { after, upTo }: Page): SeenClosed {
  return Object.fromEntries(
    Object.entries(seenClosed).filter(([id]) => Number(id) <= after || Number(id) > (upTo ?? Infinity)),
  );
}

/**
 * When a row was first seen pending after the close: a sight from before it is of the run before, which was started
 * again, and says nothing of this close. Times as ISO 8601 or undefined; no known close leaves the sight as it is.
 */
export function seenAfter(seenAt: string | undefined, closedAt: string | undefined): string | undefined {
  if (seenAt === undefined || closedAt === undefined) return seenAt;
  return Date.parse(seenAt) >= Date.parse(closedAt) ? seenAt : undefined;
}

/** Of very many the ones seen first: they are the next to be started again, and make room for the others. */
export function boundedSeen(seenClosed: SeenClosed): SeenClosed {
  const entries = Object.entries(seenClosed);
  if (entries.length <= mostKept) return seenClosed;
  return Object.fromEntries(
    entries.toSorted(([, a], [, b]) => Date.parse(a) - Date.parse(b)).slice(0, mostKept),
  );
}
