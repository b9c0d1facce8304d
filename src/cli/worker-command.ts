import { bundleWorkflows } from '../worker/bundle.ts';
import { ensureSearchAttributes } from '../worker/search-attributes.ts';
import { createVendors } from '../worker/vendors.ts';
import { runWorkers } from '../worker/workers.ts';
import { commandLogger } from './command-log.ts';
import { readSettings, requireVendors } from './configuration.ts';
import { print } from './print.ts';
import { stopSignal } from './stop-signal.ts';
import { connectWorker, externalTarget, installRuntime, lazyClient } from './temporal.ts';

/** `countersign worker`: the workers of all task queues. */
export async function workerCommand(): Promise<number> {
  const settings = readSettings();
  const config = requireVendors(settings.config);
  const logger = commandLogger(config);
  installRuntime(logger);
  const target = externalTarget(settings);
  const { client, connection: clientConnection } = lazyClient(target);
  const connection = await connectWorker(target);
  await ensureSearchAttributes(clientConnection, target.namespace);
  const workers = await runWorkers({
    config,
    vendors: createVendors(config),
    connection,
    namespace: target.namespace,
    client,
    workflowBundle: await bundleWorkflows(logger),
  });
  print('Workers are running.');
  const signal = stopSignal(() => process.exit(130));
  await Promise.race([signal.stopped, workers.ended]);
  await workers.stop();
  signal.release();
  await connection.close();
  await workers.ended;
  return 0;
}
