import type { Client } from '@temporalio/client';
import { runApi, type RunningApi } from '../../src/cli/serve.ts';
import type { RunningWorkers } from '../../src/worker/workers.ts';
import { createVendors, type ConnectedConfig } from '../../src/worker/vendors.ts';
import type { TestFolder } from './process-folder.ts';
import { countersign, type Launched } from './process-launch.ts';
import { quiet } from './runtime.ts';
import { apiKey, referenceSecret } from './sandboxes.ts';
import type { TestTemporal } from './temporal.ts';
import { startTestWorkers } from './workers.ts';

/** One of the workers or APIs that are stopped and started again. */
export interface Member {
  start(): Promise<void>;
  /** Stops it as an operator does, and waits for its end. */
  stop(): Promise<void>;
}

interface Setting {
  readonly temporal: TestTemporal;
  readonly config: ConnectedConfig;
}

/** What the members in this process share. */
interface SettingHere extends Setting {
  readonly client: Client;
}

/** What leads a process to the sandboxes and to the test's Temporal. */
export function environmentOf({ temporal, config }: Setting): Record<string, string> {
  const { coupa, moveworks } = config;
  if (moveworks.auth.kind !== 'apiKey') throw new Error('the sandbox is called with an API key');
  return {
    TEMPORAL_ADDRESS: temporal.address,
    COUPA_BASE_URL: coupa.baseUrl,
    COUPA_CLIENT_ID: coupa.clientId,
    COUPA_CLIENT_SECRET: coupa.clientSecret.reveal(),
    COUPA_REQUESTS_PER_SECOND: String(coupa.requestsPerSecond),
    MOVEWORKS_BASE_URL: moveworks.baseUrl,
    MOVEWORKS_API_KEY: moveworks.auth.apiKey.reveal(),
    MOVEWORKS_EVENT_ID: moveworks.eventId,
    MOVEWORKS_NOTICE_EVENT_ID: moveworks.noticeEventId ?? moveworks.eventId,
    MOVEWORKS_REQUESTS_PER_MINUTE: String(moveworks.requestsPerMinute),
    API_KEYS: `chat:${apiKey}`,
    REFERENCE_SECRETS: referenceSecret.reveal(),
  };
}

/** A command in a process of its own. Its stop throws when it did not end with 0. */
export function processMember(
  folder: TestFolder,
  command: 'api' | 'worker',
  env: Record<string, string>,
): Member {
  const isUp = { api: /^API: /m, worker: /^Workers are running\.$/m }[command];
  let launched: Launched | undefined;
  return {
    start: async () => {
      // Its own place for temporary files, so that nothing of it is left.
      launched = await countersign(folder, [command], { TMPDIR: folder.path, ...env });
      await launched.prints(isUp);
    },
    stop: async () => {
      launched?.kill('SIGTERM');
      const ended = await launched?.ended;
      if (ended?.code !== 0)
        throw new Error(`${command}: ${JSON.stringify(ended)}\n${launched?.stderr() ?? ''}`);
    },
  };
}

/** Workers in this process: the same start and stop, without the seconds that a process takes to load. */
export function workersHere({ temporal, config, client }: SettingHere): Member {
  let workers: RunningWorkers | undefined;
  return {
    start: async () => {
      workers = await startTestWorkers({ temporal, config, vendors: createVendors(config), client });
    },
    stop: async () => {
      await workers?.stop();
      await workers?.ended;
      workers = undefined;
    },
  };
}

/** An API in this process, which leaves and drains as `countersign api` does. */
export function apiHere({ config, client }: SettingHere, port: number): Member {
  let api: RunningApi | undefined;
  return {
    start: async () => {
      api = await runApi({ config, client, coupa: createVendors(config).coupa, logger: quiet, port });
    },
    stop: async () => api?.stop(7_000, 1_000),
  };
}
