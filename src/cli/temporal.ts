import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { makeTelemetryFilterString, NativeConnection, Runtime } from '@temporalio/worker';
import type { Logger } from '../logging/logger.ts';
import { createTemporalLogger } from '../logging/temporal-logger.ts';
import { clientRetries } from './client-retries.ts';
import type { Settings } from './configuration.ts';

/** Where Temporal is and how to get in. */
export interface TemporalTarget {
  readonly connectionOptions: ReturnType<typeof loadClientConnectConfig>['connectionOptions'];
  readonly namespace: string;
}

/**
 * The cluster named by `TEMPORAL_*`. Its configuration file is read only when a profile or the file is named, so
 * that a trial never reaches somebody's cluster.
 */
export function externalTarget({ env, config }: Settings): TemporalTarget {
  const named = ['TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some((name) => (env[name] ?? '') !== '');
  const variables = Object.entries(env).filter(
    ([name, value]) => name.startsWith('TEMPORAL_') && value !== '',
  );
  const { connectionOptions, namespace } = loadClientConnectConfig({
    disableFile: !named,
    overrideEnvVars: Object.fromEntries(variables),
  });
  return { connectionOptions, namespace: namespace ?? config.temporal.namespace };
}

export function embeddedTarget(address: string, namespace: string): TemporalTarget {
  return { connectionOptions: { address }, namespace };
}

/** A client that connects when it is first used, so that the API comes up while Temporal is down and says 503. */
export function lazyClient({ connectionOptions, namespace }: TemporalTarget): {
  client: Client;
  connection: Connection;
} {
  const connection = Connection.lazy({ ...connectionOptions, interceptors: [clientRetries()] });
  return { client: new Client({ connection, namespace }), connection };
}

export function connectWorker({ connectionOptions }: TemporalTarget): Promise<NativeConnection> {
  return NativeConnection.connect(connectionOptions);
}

/** Temporal's runtime with our log and without its own signal handlers: the command owns the order of stopping. */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: createTemporalLogger(logger.child({}, { level: 'warn' })),
    shutdownSignals: [],
    // Core logs through us too: by itself it writes whole failures to the console (P9).
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
    },
  });
}
