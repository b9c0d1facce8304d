import { inject } from 'vitest';
import type { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { ConnectedConfig, Vendors } from '../../src/worker/vendors.ts';
import { runWorkers, type RunningWorkers } from '../../src/worker/workers.ts';
import { installRuntime } from './runtime.ts';

/** Workers of all task queues in this process, on a connection of their own, which ends with them. */
export async function startTestWorkers(setting: {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly config: ConnectedConfig;
  readonly vendors: Vendors;
  readonly client: Client;
}): Promise<RunningWorkers> {
  installRuntime();
  const { temporal, ...deps } = setting;
  const connection = await NativeConnection.connect({ address: temporal.address });
  const workers = await runWorkers({
    ...deps,
    connection,
    namespace: temporal.namespace,
    workflowBundle: { codePath: inject('workflowBundlePath') },
  });
  return {
    ...workers,
    stop: async () => {
      await workers.stop();
      await connection.close();
    },
  };
}
