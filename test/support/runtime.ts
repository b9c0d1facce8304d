import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { createLogger } from '../../src/logging/logger.ts';
import { createTemporalLogger } from '../../src/logging/temporal-logger.ts';

/** Logs errors alone. */
export const quiet = createLogger({ level: 'error', pretty: false });

let installed = false;

/** Temporal's runtime, once in a process: it tells errors alone and leaves signals to the test runner. */
export function installRuntime(): void {
  if (installed) return;
  installed = true;
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  const telemetryOptions = { logging: { filter, forward: {} } };
  Runtime.install({ logger: createTemporalLogger(quiet), shutdownSignals: [], telemetryOptions });
}
