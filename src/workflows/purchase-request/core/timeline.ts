import { clip } from '../../bytes.ts';
import type { PurchaseCore } from './state.ts';

/** The record must stay far from Temporal's 2 MB whatever happens in the months. */
const timelineLimit = 200;
/** How it began is worth more than what came after: it says when it was sent. */
const beginning = 40;
const lineBytes = 500;

/** Adds a line to the story. Plain words without names (P9). Of a long story the middle goes first. */
export function note(core: PurchaseCore, at: string, text: string): PurchaseCore {
  const { timeline } = core;
  const kept =
    timeline.length < timelineLimit
      ? timeline
      : [...timeline.slice(0, beginning), ...timeline.slice(beginning - timelineLimit + 1)];
  return { ...core, timeline: [...kept, { at, text: clip(text, lineBytes) }] };
}
