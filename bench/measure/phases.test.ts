import { expect, test } from 'vitest';
import type { HistoryEvent } from './history.ts';
import { phases, phasesOf } from './phases.ts';

const event = (name: string, atMs: number, activity?: string): HistoryEvent => ({
  name,
  atMs,
  attempt: 1,
  activity,
});

test('splits a press into phases that add up to what the caller waited', () => {
  const history = [
    event('WorkflowExecutionStarted', 1),
    event('ActivityTaskCompleted', 500),
    event('WorkflowExecutionSignaled', 1_009),
    event('ActivityTaskScheduled', 1_015, 'carryOut'),
    event('ActivityTaskCompleted', 1_276),
    event('WorkflowExecutionUpdateCompleted', 1_283),
  ];
  const request = (at: number) => ({ at, method: 'GET', path: '/', status: 200, durationMs: 80 });
  const requests = [request(1_022), request(1_104), request(1_187)];
  const times = { startedAtMs: 1_000, tookMs: 288 };
  const split = phasesOf(history, requests, times);
  expect(split).toEqual([9, 6, 7, 240, 5, 9, 7, 5]);
  expect(split).toHaveLength(phases.length);
  expect(split.reduce((sum, each) => sum + each, 0)).toBe(times.tookMs);
});
