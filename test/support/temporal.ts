import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { searchAttributeKeys } from '../../src/contract/search-attributes.ts';
import { startDevServer } from '../../src/embedded/dev-server.ts';
import type { DevServer, DevServerOptions } from '../../src/embedded/dev-server.ts';
import { stopOrphans } from '../../src/embedded/orphans.ts';
import { freePort } from '../../src/embedded/ports.ts';
import { identityOf, isAlive, processIdentity } from '../../src/embedded/process-identity.ts';
import { signalGroup } from '../../src/embedded/signals.ts';
import { findTemporalCli } from '../../src/embedded/temporal-cli.ts';
import type { ToolSearch } from '../../src/embedded/tool.ts';

export interface TestTemporal {
  readonly address: string;
  readonly namespace: string;
  /** Ends the server as a crash does (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again on the same port, with the same file if it has one. */
  restart(): Promise<void>;
  /** Ends the server and removes its folder; nothing is left. */
  stop(): Promise<void>;
}

export interface TestTemporalOptions {
  /** Keeps the state in a file, so that it survives `kill` and `restart`. */
  dbFile?: boolean;
  /** The contract's by default. */
  searchAttributes?: DevServerOptions['searchAttributes'];
  dynamicConfig?: Readonly<Record<string, number>>;
}

const host = '127.0.0.1';
const namespace = 'default';
const folderPrefix = 'countersign-test-temporal-';
/** A server that was killed may write until it is gone, and another test file may clear up the same folder. */
const withAll = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const;

/** Starts a Temporal dev server of the test's own, in a fresh folder and on a free port. */
export async function startTestTemporal(options: TestTemporalOptions = {}): Promise<TestTemporal> {
  await removeLeftovers();
  const home = mkdtempSync(join(tmpdir(), folderPrefix));
  writeFileSync(join(home, 'owner.json'), JSON.stringify(identityOf(process.pid)));
  const cli = await findTemporalCli(testTools);

  let running: DevServer['child'] | undefined;
  // A run that ends in the middle of a test leaves no server behind.
  const endWithUs = (): void => {
    if (running) signalGroup(running.pid, 'SIGKILL');
    rmSync(home, withAll);
  };
  process.once('exit', endWithUs);

  const port = await freePort(somePort(), host);
  const start = async (): Promise<void> => {
    const { child } = await startDevServer({
      cli,
      home,
      host,
      port,
      namespace,
      searchAttributes: options.searchAttributes ?? searchAttributeKeys,
      ...(options.dbFile === true ? { dbFile: 'temporal.db' } : {}),
      ...(options.dynamicConfig === undefined ? {} : { dynamicConfig: options.dynamicConfig }),
    });
    running = child;
    void child.exited.then(() => {
      if (running === child) running = undefined;
    });
  };
  const kill = async (): Promise<void> => {
    if (running === undefined) return;
    signalGroup(running.pid, 'SIGKILL');
    await running.exited;
  };
  const stop = async (): Promise<void> => {
    await running?.stop(5_000);
    rmSync(home, withAll);
    process.off('exit', endWithUs);
  };

  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: `${host}:${port}`, namespace, kill, restart: start, stop };
}

/** Tests use the product's own tools folder, so that one install serves both. */
export const testTools: ToolSearch = {
  home: process.env['COUNTERSIGN_HOME'] ?? fileURLToPath(new URL('../../.countersign', import.meta.url)),
  env: process.env,
  log: () => undefined,
};

/**
 * Below the ports that systems hand out for outgoing connections (from 32768 on Linux): a client that dials a
 * killed server again and again could otherwise be given that very port.
 */
function somePort(): number {
  return 20_000 + Math.floor(Math.random() * 10_000);
}

/** A test run that was killed could stop nothing: the next one does. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(tmpdir(), name);
    const owner = ownerOf(folder);
    if (owner === undefined || isAlive(owner)) continue;
    await stopOrphans(folder);
    rmSync(folder, withAll);
  }
}

function ownerOf(folder: string): ReturnType<typeof identityOf> {
  try {
    return processIdentity.parse(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')));
  } catch {
    return undefined;
  }
}
