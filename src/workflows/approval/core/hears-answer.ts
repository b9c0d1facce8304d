import type { Decision } from '../../../contract/decision.ts';

/** The API waits this long for the answer to a press; one that comes later nobody hears. */
const callerWaitsMs = 10_000;

/** Whether whoever pressed is still there to hear the answer. */
export function hearsAnswer({ receivedAt }: Decision, at: string): boolean {
  return Date.parse(at) - Date.parse(receivedAt) < callerWaitsMs;
}
