import type { Decision } from '../../contract/decision.ts';
import type { Person } from '../../contract/person.ts';

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

/** Coupa records the API's user, so the reason names the human who decided. */
export function noteOf(decision: Decision, by: Person): string {
  const who = [markerOf(decision.decisionId), by.name, by.address]
    .filter((part) => part !== undefined)
    .join(' ');
  return decision.reason === undefined || decision.reason === '' ? who : `${who}: ${decision.reason}`;
}
