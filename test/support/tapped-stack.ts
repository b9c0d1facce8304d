import { setTimeout as sleep } from 'node:timers/promises';
import { runApi } from '../../src/cli/serve.ts';
import { lazyClient } from '../../src/cli/temporal.ts';
import { freePort } from '../../src/embedded/ports.ts';
import { createReferences } from '../../src/references/references.ts';
import { upsertPollSchedule } from '../../src/worker/schedule.ts';
import { createVendors } from '../../src/worker/vendors.ts';
import { apiClient } from './api-client.ts';
import { startCoupaTap } from './coupa-tap.ts';
import { quiet } from './runtime.ts';
import { coupaControl, moveworksControl } from './sandbox-control.ts';
import { apiKey, host, referenceSecret, startSandboxes } from './sandboxes.ts';
import { startTestTemporal } from './temporal.ts';
import { startTestWorkers } from './workers.ts';

/** Sandbox, workers and API in one process, with a wire tap between the product and Coupa. Stop leaves nothing. */
export async function startTappedStack(options: { readonly pollIntervalMs: number }) {
  const temporal = await startTestTemporal();
  const apiPort = await freePort(32_200 + (process.pid % 400), host);
  const apiUrl = `http://${host}:${apiPort}`;
  const sandboxes = await startSandboxes(apiUrl, options);
  const tap = await startCoupaTap(sandboxes.pages.coupa);
  const config = { ...sandboxes.config, coupa: { ...sandboxes.config.coupa, baseUrl: tap.url } };
  const vendors = createVendors(config);
  const target = { connectionOptions: { address: temporal.address }, namespace: temporal.namespace };
  const { client, connection } = lazyClient(target);

  const api = await runApi({ config, client, coupa: vendors.coupa, logger: quiet, port: apiPort });
  let workers = await startTestWorkers({ temporal, config, vendors, client });
  await upsertPollSchedule(client, config.poll.intervalMs);
  return {
    client,
    config,
    tap,
    /** Coupa itself, past the tap. */
    coupaUrl: sandboxes.pages.coupa,
    api: apiClient(apiUrl, apiKey),
    coupa: coupaControl(sandboxes.pages.coupa),
    moveworks: moveworksControl(sandboxes.pages.chat),
    references: createReferences([referenceSecret]),
    /** `pauseMs`: how long nobody works in between. */
    async restartWorkers(pauseMs: number): Promise<void> {
      await workers.stop();
      await sleep(pauseMs);
      workers = await startTestWorkers({ temporal, config, vendors, client });
    },
    async stop(): Promise<void> {
      await api.stop(0);
      await workers.stop();
      await connection.close();
      await tap.close();
      await sandboxes.close();
      await temporal.stop();
    },
  };
}

export type TappedStack = Awaited<ReturnType<typeof startTappedStack>>;
