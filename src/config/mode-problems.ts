import type { ConfigProblem } from './config.ts';
import type { Values } from './schema.ts';

/**
 * What stands against the mode that was asked for. In `notify` a card goes out as a notice: buttons belong to the
 * event, so the event of the cards would offer decisions that are not taken.
 */
export function modeProblems(values: Values): ConfigProblem[] {
  const { MODE: mode, MOVEWORKS_EVENT_ID: eventId, MOVEWORKS_NOTICE_EVENT_ID: noticeEventId } = values;
  if (mode !== 'notify' || (noticeEventId !== undefined && noticeEventId !== eventId)) return [];
  const needed = 'an event without follow-up actions, since the event of the cards would show buttons';
  const message =
    noticeEventId === undefined
      ? `missing, and MODE=notify needs it: ${needed}`
      : `the same as MOVEWORKS_EVENT_ID, and MODE=notify needs another: ${needed}`;
  return [{ name: 'MOVEWORKS_NOTICE_EVENT_ID', message }];
}
