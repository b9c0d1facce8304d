import type { Client } from '@temporalio/client';
import { floorQueues } from './contract.ts';

/** Activities that do nothing, but for the one that starts a workflow and the one that says "asked". */
export function floorActivities(deps: { readonly client: Client; asked(id: string): void }) {
  return {
    look: () => Promise.resolve(),
    sendCard: (id: string) => {
      deps.asked(id);
      return Promise.resolve();
    },
    carryOut: () => Promise.resolve(),
    async startAfter(id: string): Promise<void> {
      await deps.client.workflow.start('floorAfter', {
        workflowId: `floor-after-${id}`,
        taskQueue: floorQueues.workflows,
      });
    },
    handOver: () => Promise.resolve(),
    notify: () => Promise.resolve(),
  };
}

export type FloorActivities = ReturnType<typeof floorActivities>;
