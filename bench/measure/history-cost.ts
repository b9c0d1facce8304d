import type { HistoryEvent } from './history.ts';

/**
 * What Temporal Cloud bills for, by the event that it leaves in the history. A query and a heartbeat are billed too
 * but leave none. An upsert of the memo and a describe are not on Temporal's list of actions.
 */
const billed: Readonly<Record<string, { readonly what: string; readonly actions: number }>> = {
  WorkflowExecutionStarted: { what: 'workflow started', actions: 1 },
  WorkflowExecutionSignaled: { what: 'signal', actions: 1 },
  WorkflowExecutionUpdateAccepted: { what: 'update', actions: 1 },
  UpsertWorkflowSearchAttributes: { what: 'upsert of search attributes', actions: 1 },
  TimerStarted: { what: 'timer', actions: 1 },
  ActivityTaskScheduled: { what: 'activity', actions: 1 },
  StartChildWorkflowExecutionInitiated: { what: 'child workflow', actions: 2 },
};

function countUp(counts: Map<string, number>, what: string, by: number): void {
  if (by > 0) counts.set(what, (counts.get(what) ?? 0) + by);
}

/** Billable actions of one history, by what they are. A retry of an activity is an action of its own. */
export function actionsOf(history: readonly HistoryEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name, attempt } of history) {
    const bill = billed[name];
    if (bill !== undefined) countUp(counts, bill.what, bill.actions);
    countUp(counts, 'retry of an activity', attempt - 1);
  }
  return counts;
}

/** How many events of each kind a history has. */
export function eventsOf(history: readonly HistoryEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of history) countUp(counts, name, 1);
  return counts;
}

export function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, each) => sum + each, 0);
}
