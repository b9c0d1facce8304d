import { freePort } from '../embedded/ports.ts';
import { createVendors } from '../worker/vendors.ts';
import { commandLogger } from './command-log.ts';
import { readSettings, requireVendors } from './configuration.ts';
import { print } from './print.ts';
import { runApi } from './serve.ts';
import { stopSignal } from './stop-signal.ts';
import { externalTarget, lazyClient } from './temporal.ts';

/** A stop ends the waits for answers at once; what is left is a call or two to Temporal. */
const graceMs = 8_000;

/** `countersign api`: the HTTP API alone. Comes up without Temporal and answers 503 until it is there. */
export async function apiCommand(): Promise<number> {
  const settings = readSettings();
  const config = requireVendors(settings.config);
  const logger = commandLogger(config);
  const { client } = lazyClient(externalTarget(settings));
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
  signal.release();
  return 0;
}
