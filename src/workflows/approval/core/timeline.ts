import type { ApprovalCore } from './state.ts';

/** Older entries go first: the record must stay far from Temporal's 2 MB whatever happens in the months. */
const timelineLimit = 200;

/** Adds a line to the story. Plain words, Coupa ids for people (P9). */
export function tell(core: ApprovalCore, at: string, text: string): ApprovalCore {
  return { ...core, timeline: [...core.timeline, { at, text }].slice(-timelineLimit) };
}
