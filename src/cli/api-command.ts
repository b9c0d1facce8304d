import { freePort } from '../embedded/ports.ts';
import { createVendors } from '../worker/vendors.ts';
import { commandLogger, logStart } from './command-log.ts';
import { readSettings, requireVendors } from './configuration.ts';
import { print } from './print.ts';
import { runApi } from './serve.ts';
import { stopSignal } from './stop-signal.ts';
import { externalTarget, lazyClient } from './temporal.ts';

/** Whoever asks readiness every second has seen the 503 by then. Both together stay below Docker's 10 s. */
const leaveMs = 2_000;
/** The waits for answers have ended by then; what is left is a call or two to Temporal. */
const graceMs = 7_000;

/** `countersign api`: the HTTP API alone. Comes up without Temporal and answers 503 until it is there. */
export async function apiCommand(): Promise<number> {
  // First of all: the first process of a container has no default reaction to a signal, and would ignore it.
  const signal = stopSignal(() => process.exit(130));
  const settings = readSettings();
  const config = requireVendors(settings.config);
  const logger = commandLogger(config);
  logStart(logger, config);
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
  await signal.stopped;
  await api.stop(graceMs, leaveMs);
  signal.release();
  return 0;
}
