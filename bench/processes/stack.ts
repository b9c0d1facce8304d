import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { freePort } from '../../src/embedded/ports.ts';
import { findTemporalCli } from '../../src/embedded/temporal-cli.ts';
import { apiDrive, type ApiDrive } from '../drive/api.ts';
import { coupaDrive, type CoupaDrive } from '../drive/coupa.ts';
import { moveworksDrive, type MoveworksDrive } from '../drive/moveworks.ts';
import { until } from '../../test/support/until.ts';
import type { ServiceSettings } from '../experiment.ts';
import { makeFolder } from './folder.ts';
import { launch, type Launched } from './launch.ts';
import { memoryAnswer, type Memory } from './memory.ts';
import { sandboxReady, vendorKeys, type SandboxSettings } from './sandbox-settings.ts';
import { embeddedTemporal } from './temporal-address.ts';

/** The sandbox and the measured process, up and connected, with what drives them. */
export interface Started {
  readonly api: ApiDrive;
  readonly coupa: CoupaDrive;
  readonly moveworks: MoveworksDrive;
  /** Vendors of their own for the pass-through, at the same latency. */
  readonly beside: { readonly coupa: CoupaDrive; readonly moveworks: MoveworksDrive };
  readonly client: Client;
  readonly temporalAddress: string;
  readonly temporalFlags: string;
  readonly folder: string;
  /** Collects garbage in every thread of the measured process and reads its memory. */
  readonly memory: () => Promise<Memory>;
  /** Starts a program of the bench beside, which ends with this stack. */
  readonly run: (program: string, args: readonly string[]) => Launched;
  readonly stop: () => Promise<void>;
}

const host = '127.0.0.1';
const apiKey = 'bench-key-bench-key-bench-key';
const readyWithinMs = 90_000;
const stopGraceMs = 15_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

function serviceEnv(
  settings: ServiceSettings,
  vendors: { coupa: string; moveworks: string },
  place: { home: string; port: number; cli: string },
): Record<string, string> {
  return {
    COUNTERSIGN_HOME: place.home,
    PORT: String(place.port),
    TEMPORAL_CLI_PATH: place.cli,
    API_KEYS: `bench:${apiKey}`,
    REFERENCE_SECRETS: 'reference-secret-of-the-bench-0123456789abcdef',
    COUPA_BASE_URL: vendors.coupa,
    COUPA_CLIENT_ID: vendorKeys.coupaClientId,
    COUPA_CLIENT_SECRET: vendorKeys.coupaClientSecret,
    COUPA_REQUESTS_PER_SECOND: String(settings.coupaPerSecond),
    MOVEWORKS_BASE_URL: vendors.moveworks,
    MOVEWORKS_API_KEY: vendorKeys.moveworksApiKey,
    MOVEWORKS_EVENT_ID: vendorKeys.eventId,
    MOVEWORKS_NOTICE_EVENT_ID: vendorKeys.noticeEventId,
    MOVEWORKS_REQUESTS_PER_MINUTE: String(settings.moveworksPerMinute),
    POLL_INTERVAL: settings.pollInterval,
  };
}

/** The measured process is up when it has printed its last line of URLs. */
function waitForService(service: Launched): Promise<string> {
  return until(
    'the measured process to be up',
    () => {
      const output = service.output();
      if (!/^ {2}Temporal UI {2,}/m.test(output)) return Promise.resolve(undefined);
      return Promise.resolve(/^ {2}API {2,}(\S+)$/m.exec(output)?.[1]);
    },
    readyWithinMs,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${service.output().slice(-3_000)}`);
  });
}

/**
 * Starts the sandbox in a process, and `countersign start` in another: worker and API in one process, with the
 * embedded Temporal and its file as `npm start` brings them up.
 */
export async function startStack(settings: SandboxSettings & ServiceSettings): Promise<Started> {
  const folder = makeFolder();
  const launched: Launched[] = [];
  const run = (program: string, options: Partial<Parameters<typeof launch>[1]>): Launched => {
    const logFile = join(folder.path, `${launched.length}.log`);
    const child = launch(program, { cwd: folder.path, logFile, ...options });
    launched.push(child);
    return child;
  };
  let connection: Connection | undefined;
  const stopAll = async (): Promise<void> => {
    // The measured process goes before the vendors that it may still be talking to.
    for (const child of launched.toReversed()) await child.stop(stopGraceMs);
    await connection?.close();
    await folder.remove();
  };
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopAll());
  try {
    const { latencyMs, coupaLimitPerSecond, moveworksLimitPerMinute } = settings;
    const limits = { latencyMs, coupaLimitPerSecond, moveworksLimitPerMinute };
    const sandbox = run('./sandbox.ts', { args: [JSON.stringify(limits)] });
    const { ready } = await sandbox.message(sandboxReady, readyWithinMs);
    const cli = await findTemporalCli({
      home: process.env['COUNTERSIGN_HOME'] ?? join(root, '.countersign'),
      env: process.env,
      log: () => undefined,
    });
    const port = await freePort(20_000 + Math.floor(Math.random() * 8_000), host);
    const service = run('../../src/cli/main.ts', {
      args: ['start'],
      nodeArgs: ['--expose-gc', '--import', new URL('./probe.mjs', import.meta.url).href],
      env: serviceEnv(settings, ready.ours, { home: folder.home, port, cli }),
    });
    const apiUrl = await waitForService(service);
    const temporal = embeddedTemporal(folder.home);
    connection = await Connection.connect({ address: temporal.address });
    return {
      api: apiDrive(apiUrl, apiKey),
      coupa: coupaDrive(ready.ours.coupa),
      moveworks: moveworksDrive(ready.ours.moveworks),
      beside: { coupa: coupaDrive(ready.beside.coupa), moveworks: moveworksDrive(ready.beside.moveworks) },
      client: new Client({ connection }),
      temporalAddress: temporal.address,
      temporalFlags: temporal.flags,
      folder: folder.path,
      async memory() {
        const answer = service.message(memoryAnswer, readyWithinMs);
        service.send({ ask: 'memory' });
        return (await answer).memory;
      },
      run: (program, args) => run(program, { args }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
