import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AfterInput } from '../src/contract/after.ts';
import { afterWorkflowId, workflowTypes } from '../src/contract/ids.ts';
import type { Sheet } from '../src/contract/observation.ts';
import { taskQueues } from '../src/contract/task-queues.ts';
import { startStack, type Stack } from './support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => {
  await stack.stop();
});

const people = Array.from({ length: 45 }, (_, index) => ({
  id: 9_001 + index,
  name: `Member ${index}`,
  address: index === 0 ? 'bo.ss@example.test' : `nobody-${index}@example.test`,
}));

const sheet: Sheet = {
  requisitionId: 1,
  title: 'Laptops',
  status: 'pending_approval',
  justification: null,
  submittedAt: null,
  needByDate: null,
  department: null,
  costCentre: null,
  requester: { id: 101, name: 'Rhea Quester', address: 'rhea.quester@example.test' },
  createdBy: null,
  facts: { total: '12', currency: 'USD', lines: [] },
  factsHash: 'h',
  updatedAt: null,
};

/** What follows a rejection, for the holders of these cards. */
function follow(cause: string, more: Partial<AfterInput>) {
  const standing = { decisionId: 'd', action: 'reject', userId: 201, name: 'Ada Prover', at: '' } as const;
  const ending = { outcome: 'rejected', standing } as const;
  const input: AfterInput = { approvalId: 1, requisitionId: 1, cause, ending, sheet, holders: [], ...more };
  return stack.client.workflow.execute<(input: AfterInput) => Promise<string>>(workflowTypes.after, {
    workflowId: afterWorkflowId(1, cause),
    taskQueue: taskQueues.workflows,
    args: [input],
  });
}

it('tells the holders alone whose cards arrived after the end: the requester has heard of it', async () => {
  const requester = 'rhea.quester@example.test';
  expect(await follow('first', {})).toContain('requester done');
  expect(await stack.moveworks.inbox(requester)).toHaveLength(1);
  const [bo] = people;
  const late = await follow('late', { holdersOnly: true, holders: bo === undefined ? [] : [bo] });
  expect(late).toBe('1 holders of a card done');
  expect(await stack.moveworks.inbox(requester)).toHaveLength(1);
  expect((await stack.moveworks.inbox('bo.ss@example.test')).at(-1)?.message).toContain('sent back');
});

it('tells every one of many holders', async () => {
  const told = await follow('many', { holdersOnly: true, holders: people });
  expect(told).toMatch(/^45 holders of a card/);
  const history = await stack.client.workflow.getHandle(afterWorkflowId(1, 'many')).fetchHistory();
  const scheduled = (history.events ?? []).map((event) => event.activityTaskScheduledEventAttributes != null);
  expect(scheduled.filter(Boolean)).toHaveLength(45);
  // As many as have room begin in the first step, the others as places become free.
  const firstEnd = (history.events ?? []).findIndex(
    (event) =>
      event.activityTaskCompletedEventAttributes != null || event.activityTaskFailedEventAttributes != null,
  );
  expect(scheduled.slice(0, firstEnd).filter(Boolean)).toHaveLength(20);
});
