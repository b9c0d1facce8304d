import { expect, test } from 'vitest';
import { actionsOf, eventsOf, total } from './history-cost.ts';
import type { HistoryEvent } from './history.ts';

const event = (name: string, attempt = 1): HistoryEvent => ({ name, attempt, atMs: 0, activity: undefined });

test('bills what Temporal bills: starts, activities, signals, updates, timers and upserts of search attributes', () => {
  const history = [
    ...['WorkflowExecutionStarted', 'WorkflowTaskScheduled', 'WorkflowTaskStarted', 'WorkflowTaskCompleted'],
    ...[
      'ActivityTaskScheduled',
      'ActivityTaskStarted',
      'ActivityTaskCompleted',
      'TimerStarted',
      'TimerCanceled',
    ],
    ...['WorkflowExecutionSignaled', 'WorkflowExecutionUpdateAccepted', 'WorkflowExecutionUpdateCompleted'],
    ...['UpsertWorkflowSearchAttributes', 'WorkflowPropertiesModified', 'WorkflowExecutionCompleted'],
  ].map((name) => event(name));
  const actions = actionsOf(history);
  expect(total(actions)).toBe(6);
  expect([...actions.keys()].toSorted()).toEqual(
    ['activity', 'signal', 'timer', 'update', 'upsert of search attributes', 'workflow started'].toSorted(),
  );
  expect(total(eventsOf(history))).toBe(history.length);
});

test('bills each retry of an activity', () => {
  const actions = actionsOf([event('ActivityTaskScheduled'), event('ActivityTaskStarted', 3)]);
  expect([...actions]).toEqual([
    ['activity', 1],
    ['retry of an activity', 2],
  ]);
});
