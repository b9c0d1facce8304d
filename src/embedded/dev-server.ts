import { resolve } from 'node:path';
import { TypedSearchAttributes } from '@temporalio/common';
import type { SearchAttributeType } from '@temporalio/common';
import { waitUntilReady } from './child-ready.ts';
import { startChild } from './children.ts';
import type { ChildHandle } from './children.ts';
import { answersOn, keepClosedWorkflows } from './namespace.ts';
import { runCommand } from './run-command.ts';

export interface DevServerOptions {
  /** The Temporal CLI, as `findTemporalCli` found it. */
  cli: string;
  /** The home folder: takes the child's record and log. */
  home: string;
  /** Keeps the state in this file, relative to the home folder; in memory without it. */
  dbFile?: string;
  host?: string;
  port: number;
  /** Serves Temporal's UI there; none without it. */
  uiPort?: number;
  namespace?: string;
  /** Registered at each start; the contract's keys fit as they are. */
  searchAttributes: readonly { name: string; type: SearchAttributeType }[];
  /** Settings of the server beyond ours, by their dynamic configuration keys. */
  dynamicConfig?: Readonly<Record<string, number>>;
  /** Names the child in messages and its log file. */
  name?: string;
}

export interface DevServer {
  /** `host:port`, as Temporal's clients take it. */
  address: string;
  uiUrl?: string;
  child: ChildHandle;
}

const readyWithinMs = 20_000;
const closedKeptDays = 30;

/**
 * Starts Temporal's development server as a detached child and waits until its namespace answers. It is for trials
 * and small teams: one process, one SQLite file.
 *
 * @throws Error with the end of the server's log when it does not come up within 20 s; nothing is left running then
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { cli, home, host = '127.0.0.1', port, uiPort, namespace = 'default', name = 'temporal' } = options;
  const env = serverEnvironment();
  const args = [
    ...['server', 'start-dev', '--ip', host, '--port', String(port)],
    ...['--namespace', namespace, '--log-level', 'error'],
    ...storageArgs(options),
    ...(uiPort === undefined ? ['--headless'] : await uiArgs(cli, env, uiPort)),
    ...options.searchAttributes.flatMap((attribute) => [
      '--search-attribute',
      `${attribute.name}=${TypedSearchAttributes.toMetadataType(attribute.type)}`,
    ]),
    ...Object.entries({ ...onePartition, ...options.dynamicConfig }).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${value}`,
    ]),
  ];
  const child = await startChild({ name, command: cli, args, env, home });
  const address = `${host}:${port}`;
  try {
    await waitUntilReady(child, () => answersOn({ host, port, namespace }), { timeoutMs: readyWithinMs });
    await keepClosedWorkflows({ address, namespace, days: closedKeptDays });
  } catch (error) {
    await child.stop(0);
    throw error;
  }
  return { address, child, ...(uiPort === undefined ? {} : { uiUrl: `http://${host}:${uiPort}` }) };
}

/** A task queue's rate limit is shared out over its partitions: only with one does it hold exactly. */
const onePartition = {
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/** The write-ahead log gives 2.5 times the throughput, and with NORMAL still survives the death of the process. */
function storageArgs({ home, dbFile }: DevServerOptions): string[] {
  if (dbFile === undefined) return [];
  const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'];
  return [
    '--db-filename',
    resolve(home, dbFile),
    ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
  ];
}

async function uiArgs(cli: string, env: NodeJS.ProcessEnv, uiPort: number): Promise<string[]> {
  const args = ['--ui-port', String(uiPort)];
  // An older CLI on the PATH refuses a flag that it does not know.
  const { output } = await runCommand(cli, ['server', 'start-dev', '--help'], { env, timeoutMs: 10_000 });
  return output.includes('--ui-disable-news-fetch') ? [...args, '--ui-disable-news-fetch'] : args;
}

/** Our own environment holds credentials and a TEMPORAL_ADDRESS that are not for this child. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'].map((name) => [name, process.env[name]] as const);
  // The server reports its version to its makers every day, unless told not to.
  return { ...Object.fromEntries(kept), TEMPORAL_VERSION_CHECK_DISABLED: '1' };
}
