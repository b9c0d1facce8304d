import type { VendorRequest } from '../drive/requests.ts';
import type { HistoryEvent } from './history.ts';

/** The way of one press, in the order in which it goes. All in milliseconds. */
export const phases = [
  'API: credential, reference, signal stored',
  'workflow task: the decision is taken, carryOut scheduled',
  'carryOut reaches its worker and sends the first request',
  'inside Coupa (not counted)',
  'between the requests to Coupa',
  "carryOut's result is stored",
  'workflow task: the decision stands, the update ends',
  'the answer reaches the caller',
] as const;

export interface PressTimes {
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly tookMs: number;
}

function atOf(history: readonly HistoryEvent[], name: string, from: number): number {
  const index = history.findIndex((event, at) => at >= from && event.name === name);
  const found = history[index];
  if (found === undefined) throw new Error(`the history has no ${name} after event ${from}`);
  return found.atMs;
}

/**
 * Where the time of one press went: from the approval's history, Coupa's record and the caller's clock, which are all
 * of one machine. The record has whole milliseconds, so a phase beside Coupa may be off by one.
 */
export function phasesOf(
  history: readonly HistoryEvent[],
  requests: readonly VendorRequest[],
  { startedAtMs, tookMs }: PressTimes,
): number[] {
  const signalled = history.findIndex(({ name }) => name === 'WorkflowExecutionSignaled');
  const scheduled = history.findIndex(({ activity }) => activity === 'carryOut');
  const first = requests[0]?.at ?? Number.NaN;
  const inside = requests.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  const last = requests.at(-1);
  const lastEnd = (last?.at ?? Number.NaN) + (last?.durationMs ?? 0);
  const completed = atOf(history, 'ActivityTaskCompleted', scheduled);
  const updated = atOf(history, 'WorkflowExecutionUpdateCompleted', scheduled);
  const signalledAt = history[signalled]?.atMs ?? Number.NaN;
  const scheduledAt = history[scheduled]?.atMs ?? Number.NaN;
  return [
    signalledAt - startedAtMs,
    scheduledAt - signalledAt,
    first - scheduledAt,
    inside,
    lastEnd - first - inside,
    completed - lastEnd,
    updated - completed,
    startedAtMs + tookMs - updated,
  ];
}
