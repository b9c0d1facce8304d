import { inject } from 'vitest';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { startCoupaSandbox, startMoveworksSandbox } from '../../sandbox/index.ts';
import { lazyClient } from '../../src/cli/temporal.ts';
import { runApi, type RunningApi } from '../../src/cli/serve.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Config } from '../../src/config/config.ts';
import { Secret } from '../../src/contract/secret.ts';
import { freePort } from '../../src/embedded/ports.ts';
import { createLogger } from '../../src/logging/logger.ts';
import { createTemporalLogger } from '../../src/logging/temporal-logger.ts';
import { createReferences } from '../../src/references/references.ts';
import { upsertPollSchedule } from '../../src/worker/schedule.ts';
import { createVendors, type ConnectedConfig } from '../../src/worker/vendors.ts';
import { runWorkers, type RunningWorkers } from '../../src/worker/workers.ts';
import { apiClient } from './api-client.ts';
import { coupaControl, moveworksControl } from './sandbox-control.ts';
import { startTestTemporal, type TestTemporalOptions } from './temporal.ts';

const host = '127.0.0.1';
const apiKey = 'test-key-test-key-test-key';
const referenceSecret = new Secret('test-reference-secret-test-reference-secret');
const eventId = '00000000-0000-4000-8000-000000000001';
const noticeEventId = '00000000-0000-4000-8000-000000000002';
const quiet = createLogger({ level: 'error', pretty: false });

export interface StackOptions {
  readonly temporal?: TestTemporalOptions;
  /** How often the poll looks by itself; submitting wakes it at once anyway. */
  readonly pollIntervalMs?: number;
  readonly policy?: Partial<Config['policy']>;
  /** False: the test starts the workers itself. */
  readonly workers?: boolean;
}

function testConfig(urls: { coupa: string; moveworks: string }, options: StackOptions): ConnectedConfig {
  const loaded = loadConfig({});
  if (!loaded.ok) throw new Error('the empty environment must load');
  const { config } = loaded;
  return {
    ...config,
    api: { ...config.api, host, keys: [{ name: 'chat', secret: new Secret(apiKey) }] },
    references: { secrets: [referenceSecret] },
    policy: { ...config.policy, ...options.policy },
    poll: { intervalMs: options.pollIntervalMs ?? 2_000 },
    coupa: {
      baseUrl: urls.coupa,
      clientId: 'client',
      clientSecret: new Secret('coupa-client-secret'),
      scopes: ['core.approval.read', 'core.approval.write', 'core.requisition.read', 'core.user.read'],
      tokenPath: '/oauth2/token',
      requestsPerSecond: 200,
      settleMs: 0,
    },
    moveworks: {
      baseUrl: urls.moveworks,
      eventId,
      noticeEventId,
      auth: { kind: 'apiKey', apiKey: new Secret('moveworks-api-key') },
      requestsPerMinute: 6_000,
      slots: ['approval_id'],
    },
  };
}

let runtimeInstalled = false;

/** Everything in one process but Temporal: sandbox, workers and API, each with its control. Stop leaves nothing. */
export async function startStack(options: StackOptions = {}) {
  if (!runtimeInstalled) Runtime.install({ logger: createTemporalLogger(quiet), shutdownSignals: [] });
  runtimeInstalled = true;
  const temporal = await startTestTemporal(options.temporal);
  const apiPort = await freePort(30_100 + (process.pid % 2_000), host);
  const callOut = { url: `http://${host}:${apiPort}/poll`, key: apiKey };
  const coupaSandbox = await startCoupaSandbox({
    clientId: 'client',
    clientSecret: 'coupa-client-secret',
    requestsPerSecond: 0,
    callOut,
  });
  const moveworksSandbox = await startMoveworksSandbox({
    apiKey: 'moveworks-api-key',
    requestsPerMinute: 0,
    events: [
      { id: eventId, kind: 'decision', slots: ['approval_id', 'requisition_id', 'approver_email'] },
      { id: noticeEventId, kind: 'notice', slots: [] },
    ],
  });
  const config = testConfig({ coupa: coupaSandbox.url, moveworks: moveworksSandbox.url }, options);
  const vendors = createVendors(config);
  const target = { connectionOptions: { address: temporal.address }, namespace: temporal.namespace };
  const { client, connection } = lazyClient(target);

  let workers: RunningWorkers | undefined;
  let native: NativeConnection | undefined;
  const startWorkers = async (): Promise<void> => {
    native ??= await NativeConnection.connect(target.connectionOptions);
    workers = await runWorkers({
      config,
      vendors,
      connection: native,
      namespace: target.namespace,
      client,
      workflowBundle: { codePath: inject('workflowBundlePath') },
    });
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
    api: apiClient(`http://${host}:${apiPort}`, apiKey),
    coupa: coupaControl(coupaSandbox.url),
    moveworks: moveworksControl(moveworksSandbox.url),
    references: createReferences([referenceSecret]),
    startWorkers,
    stopWorkers,
    startApi,
    stopApi: async () => api?.stop(0),
    async stop(): Promise<void> {
      await api?.stop(0);
      await stopWorkers();
      await native?.close();
      await connection.close();
      await Promise.all([coupaSandbox.close(), moveworksSandbox.close()]);
      await temporal.stop();
    },
  };
}

export type Stack = Awaited<ReturnType<typeof startStack>>;
