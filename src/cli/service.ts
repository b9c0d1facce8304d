import type { Logger } from '../logging/logger.ts';
import { loadWorkflows } from '../worker/bundle.ts';
import { upsertPollSchedule } from '../worker/schedule.ts';
import { ensureSearchAttributes } from '../worker/search-attributes.ts';
import { createVendors, type ConnectedConfig } from '../worker/vendors.ts';
import { runWorkers } from '../worker/workers.ts';
import { createEngine } from '../api/engine/create-engine.ts';
import { runApi, type RunningApi } from './serve.ts';
import { connectWorker, lazyClient, type TemporalTarget } from './temporal.ts';

export interface RunningService {
  readonly apiUrl: string;
  /** Rejects when a worker dies of itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Requests under way get this long; the workers' own grace runs beside it. */
const apiGraceMs = 3_000;

/** Workers, schedule and API in this process, on a Temporal that is already there. */
export async function startService(deps: {
  readonly config: ConnectedConfig;
  readonly target: TemporalTarget;
  readonly logger: Logger;
  readonly apiPort: number;
}): Promise<RunningService> {
  const { config, target, logger, apiPort } = deps;
  const vendors = createVendors(config);
  const { client, connection: clientConnection } = lazyClient(target);
  const workflowBundle = loadWorkflows(logger);
  const connection = await connectWorker(target);
  await ensureSearchAttributes(clientConnection, target.namespace);
  const workers = await runWorkers({
    config,
    vendors,
    connection,
    namespace: target.namespace,
    client,
    workflowBundle: await workflowBundle,
  });
  let api: RunningApi | undefined;
  // The client's connection stays open until the process ends: a retry of its own that is still due would
  // otherwise find it closed, and nobody could catch that.
  const stop = async (): Promise<void> => {
    await Promise.all([api?.stop(apiGraceMs), workers.stop()]);
    await connection.close();
  };
  try {
    api = await runApi({ config, client, coupa: vendors.coupa, logger, port: apiPort });
    await upsertPollSchedule(client, config.poll.intervalMs);
    // The first look does not wait for the interval.
    await createEngine({ client }).wakePoll();
    return { apiUrl: api.url, ended: workers.ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
