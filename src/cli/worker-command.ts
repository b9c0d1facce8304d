import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { loadWorkflows } from '../worker/bundle.ts';
import { ensureSearchAttributes } from '../worker/search-attributes.ts';
import { createVendors } from '../worker/vendors.ts';
import { runWorkers, type WorkersDeps } from '../worker/workers.ts';
import { commandLogger, logStart } from './command-log.ts';
import { readSettings, requireVendors } from './configuration.ts';
import { print } from './print.ts';
import { stopSignal } from './stop-signal.ts';
import { connectWorker, externalTarget, installRuntime, lazyClient } from './temporal.ts';
import { reportPolling } from './worker-report.ts';

interface Prepared {
  readonly deps: WorkersDeps;
  readonly client: Client;
  readonly connection: NativeConnection;
}

/** All that comes before the first task is taken. */
async function prepare(): Promise<Prepared> {
  const settings = readSettings();
  const config = requireVendors(settings.config);
  const logger = commandLogger(config);
  logStart(logger, config);
  installRuntime(logger);
  const target = externalTarget(settings);
  const { client, connection: clientConnection } = lazyClient(target);
  const workflowBundle = loadWorkflows(logger);
  const connection = await connectWorker(target);
  await ensureSearchAttributes(clientConnection, target.namespace);
  const { namespace } = target;
  const vendors = createVendors(config);
  const deps = { config, vendors, connection, namespace, client, workflowBundle: await workflowBundle };
  return { deps, client, connection };
}

/**
 * `countersign worker`: the workers of all task queues. A stop takes no more tasks, lets activities under way
 * finish for 5 s, and hands back those that do not; it takes less than 10 s.
 */
export async function workerCommand(): Promise<number> {
  // First of all: the first process of a container has no default reaction to a signal, and would ignore it.
  const signal = stopSignal(() => process.exit(130));
  const prepared = await Promise.race([prepare(), signal.stopped]);
  // Nothing was taken yet, so there is nothing to finish.
  if (prepared === undefined) return 0;
  const { deps, client, connection } = prepared;
  const workers = await runWorkers(deps);
  const report = reportPolling(client, workers);
  print('Workers are running.');
  try {
    await Promise.race([signal.stopped, workers.ended]);
  } finally {
    report.stop();
    await workers.stop();
  }
  signal.release();
  await connection.close();
  await workers.ended;
  return 0;
}
