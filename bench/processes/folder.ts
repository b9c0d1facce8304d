import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopOrphans } from '../../src/embedded/orphans.ts';
import { identityOf, isAlive, processIdentity } from '../../src/embedded/process-identity.ts';

const prefix = 'countersign-bench-';

export interface Folder {
  readonly path: string;
  /** `COUNTERSIGN_HOME` of the measured process. */
  readonly home: string;
  /** Stops what the measured process left running, and removes the folder. */
  remove(): Promise<void>;
}

async function clear(path: string): Promise<void> {
  await stopOrphans(join(path, 'home'));
  rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

function isAbandoned(path: string): boolean {
  try {
    return !isAlive(processIdentity.parse(JSON.parse(readFileSync(join(path, 'owner.json'), 'utf8'))));
  } catch {
    // Just being made, or not ours.
    return false;
  }
}

/** Removes the folders of benches that were killed. */
export async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const path = join(tmpdir(), name);
    if (name.startsWith(prefix) && isAbandoned(path)) await clear(path);
  }
}

/** A folder of one start: database, logs and state, all gone after it. */
export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(path, 'owner.json'), JSON.stringify(identityOf(process.pid)));
  const home = join(path, 'home');
  mkdirSync(home);
  return { path, home, remove: () => clear(path) };
}
