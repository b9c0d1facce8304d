import { defineSignal, defineUpdate } from '@temporalio/workflow';

/** The floor has queues of its own, as many as Countersign. */
export const floorQueues = {
  workflows: 'floor',
  decide: 'floor-decide',
  read: 'floor-read',
  messages: 'floor-messages',
} as const;

export const floorDecide = defineSignal('decide');
export const floorSettled = defineUpdate<string>('settled');

export function floorWorkflowId(id: string): string {
  return `floor-${id}`;
}
