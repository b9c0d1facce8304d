import type { ApprovalCore } from './state.ts';

/** Older entries go first: the record must stay far from Temporal's 2 MB whatever happens in the months. */
const timelineLimit = 200;

/** Ids in one line; a group may have hundreds. */
const usersNamed = 12;

/** People of Coupa by their ids, in words: "Coupa user 5", "Coupa users 5, 6 and 9 more". */
export function userWords(ids: readonly number[]): string {
  if (ids.length <= 1) return `Coupa user ${ids.join('')}`;
  const named = ids.length > usersNamed ? ids.slice(0, usersNamed) : ids.slice(0, -1);
  const rest = ids.slice(named.length);
  return `Coupa users ${named.join(', ')} and ${rest.length === 1 ? rest.join('') : `${rest.length} more`}`;
}

/** Adds a line to the story. Plain words, Coupa ids for people (P9). */
export function tell(core: ApprovalCore, at: string, text: string): ApprovalCore {
  return { ...core, timeline: [...core.timeline, { at, text }].slice(-timelineLimit) };
}
