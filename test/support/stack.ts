import { lazyClient } from '../../src/cli/temporal.ts';
import { runApi, type RunningApi } from '../../src/cli/serve.ts';
import { freePort } from '../../src/embedded/ports.ts';
import { createReferences } from '../../src/references/references.ts';
import { upsertPollSchedule } from '../../src/worker/schedule.ts';
import type { RunningWorkers } from '../../src/worker/workers.ts';
import { apiClient } from './api-client.ts';
import { quiet } from './runtime.ts';
import { concurControl, coupaControl, moveworksControl } from './sandbox-control.ts';
import { apiKey, host, referenceSecret, startSandboxes, type SandboxesOptions } from './sandboxes.ts';
import { startTestTemporal, type TestTemporalOptions } from './temporal.ts';
import { startTestWorkers } from './workers.ts';

export interface StackOptions extends SandboxesOptions {
  readonly temporal?: TestTemporalOptions;
  /** False: the test starts the workers itself. */
  readonly workers?: boolean;
}

/** Everything in one process but Temporal: sandbox, workers and API, each with its control. Stop leaves nothing. */
export async function startStack(options: StackOptions = {}) {
  const temporal = await startTestTemporal(options.temporal);
  const apiPort = await freePort(30_100 + (process.pid % 2_000), host);
  const apiUrl = `http://${host}:${apiPort}`;
  const sandboxes = await startSandboxes(apiUrl, options);
  const { config, vendors, pages } = sandboxes;
  const target = { connectionOptions: { address: temporal.address }, namespace: temporal.namespace };
  const { client, connection } = lazyClient(target);

  let workers: RunningWorkers | undefined;
  /** `policy`: what differs from the one before, as a restart after a change of configuration. */
  const startWorkers = async (policy: SandboxesOptions['policy'] = {}): Promise<void> => {
    const changed = { ...config, policy: { ...config.policy, ...policy } };
    workers = await startTestWorkers({ temporal, config: changed, vendors, client });
  };
  const stopWorkers = async (): Promise<void> => {
    await workers?.stop();
    workers = undefined;
  };
  let api: RunningApi | undefined;
  const startApi = async (): Promise<void> => {
    api = await runApi({ config, client, coupa: vendors.coupa, logger: quiet, port: apiPort });
  };

  await startApi();
  if (options.workers !== false) await startWorkers();
  await upsertPollSchedule(client, config.poll.intervalMs);
  return {
    temporal,
    client,
    config,
    api: apiClient(apiUrl, apiKey),
    /** Where a browser finds the sandbox's pages. */
    pages,
    coupa: coupaControl(pages.coupa),
    moveworks: moveworksControl(pages.chat),
    /** Of the simulated SAP Concur, which runs where `concur` asks for it. */
    concur: concurControl(pages.concur),
    references: createReferences([referenceSecret]),
    startWorkers,
    stopWorkers,
    startApi,
    stopApi: async () => api?.stop(0),
    async stop(): Promise<void> {
      await api?.stop(0);
      await stopWorkers();
      await connection.close();
      await sandboxes.close();
      await temporal.stop();
    },
  };
}

export type Stack = Awaited<ReturnType<typeof startStack>>;
