import type { Decision } from '../../contract/decision.ts';
import type { Approver } from '../../contract/person.ts';

const markerStart = '[cs ';

/** How our own write is recognised after an unknown outcome (P5): the first thing in the note, never shortened. */
export function markerOf(decisionId: string): string {
  return `${markerStart}${decisionId.replaceAll('-', '').slice(0, 12)}]`;
}

export function carriesMarker(note: string | null, decisionId: string): boolean {
  return note?.trimStart().startsWith(markerOf(decisionId)) ?? false;
}

export function carriesAnyMarker(note: string | null): boolean {
  return note?.trimStart().startsWith(markerStart) ?? false;
}

/** Whether a note begins with a whole marker, as only our own writes do. */
export function carriesWholeMarker(note: string | null): boolean {
  return note !== null && /^\s*\[cs [0-9A-Za-z]{1,12}\]/.test(note);
}

/**
 * Coupa records the API's user, so the reason names the human who decided, and for whom where the right is not their
 * own: `[cs 0b1d2c3e4f56] Bo Ss bo.ss@example.test for Ada Prover: fine`.
 */
export function noteOf(decision: Decision, by: Approver): string {
  const who = [markerOf(decision.decisionId), by.name, by.address, by.as && `for ${by.as.of}`]
    .filter((part) => part !== undefined)
    .join(' ');
  return decision.reason === undefined || decision.reason === '' ? who : `${who}: ${decision.reason}`;
}
