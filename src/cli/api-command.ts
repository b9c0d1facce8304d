import { freePort } from '../embedded/ports.ts';
import { createVendors } from '../worker/vendors.ts';
import { commandLogger } from './command-log.ts';
import { readSettings, requireVendors } from './configuration.ts';
import { print } from './print.ts';
import { runApi } from './serve.ts';
import { stopSignal } from './stop-signal.ts';
import { externalTarget, lazyClient } from './temporal.ts';

/** Creator Studio's longest wait is 16 s; ours is shorter, so nobody is cut off by a stop in good order. */
const graceMs = 8_000;

/** `countersign api`: the HTTP API alone. Comes up without Temporal and answers 503 until it is there. */
export async function apiCommand(): Promise<number> {
  const settings = readSettings();
  const config = requireVendors(settings.config);
  const logger = commandLogger(config);
  const { client, connection } = lazyClient(externalTarget(settings));
  const { host, port, portGiven } = config.api;
  const api = await runApi({
    config,
    client,
    coupa: createVendors(config).coupa,
    logger,
    port: await freePort(port, host, { exact: portGiven }),
  });
  print(`API: ${api.url}`);
  const signal = stopSignal(() => process.exit(130));
  await signal.stopped;
  await api.stop(graceMs);
  await connection.close();
  signal.release();
  return 0;
}
