import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readChildRecords } from '../../src/embedded/child-records.ts';
import { identityOf, isAlive, processIdentity } from '../../src/embedded/process-identity.ts';
import type { ProcessIdentity } from '../../src/embedded/process-identity.ts';
import { signalGroup } from '../../src/embedded/signals.ts';

const prefix = 'countersign-test-process-';

/** Whose the folder is, and the leaders of the process groups that were started for it. */
const contents = z.object({ owner: processIdentity, launched: z.array(processIdentity) });

/** A folder of one test, with a memory of what was started for it: nothing of either outlives the test run. */
export interface TestFolder {
  readonly path: string;
  /** `COUNTERSIGN_HOME` of what is started for it. */
  readonly home: string;
  /** Remembers the leader of a process group as one to end. */
  remember(pid: number): void;
  /** Ends whatever was started for this folder and still lives, at once, and removes the folder. */
  remove(): void;
}

function endAll(path: string, launched: readonly ProcessIdentity[]): void {
  // The starts first: one that lives would report, or start, what is ended under its hands.
  for (const group of launched) signalGroup(group.pid, 'SIGKILL');
  for (const child of readChildRecords(join(path, 'home'))) {
    if (isAlive(child)) signalGroup(child.pid, 'SIGKILL');
  }
  rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Makes a folder; first removes those of test runs that were killed, with what they left running. */
export function testFolder(): TestFolder {
  removeLeftovers();
  const owner = identityOf(process.pid);
  if (owner === undefined) throw new Error('this process has no identity');
  const path = mkdtempSync(join(tmpdir(), prefix));
  const launched: ProcessIdentity[] = [];
  const write = () => {
    writeFileSync(join(path, 'owner.json'), JSON.stringify({ owner, launched }));
  };
  write();
  const remove = () => {
    process.off('exit', remove);
    // A group lives on after its leader, so it is not asked whether the leader is alive.
    endAll(path, launched);
  };
  process.once('exit', remove);
  return {
    path,
    home: join(path, 'home'),
    remember: (pid) => {
      const identity = identityOf(pid);
      if (identity === undefined) return;
      launched.push(identity);
      write();
    },
    remove,
  };
}

function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const path = join(tmpdir(), name);
    const found = read(path);
    // A number may be a stranger's by now: of another run only groups whose leader lives are ended.
    if (found !== undefined && !isAlive(found.owner)) endAll(path, found.launched.filter(isAlive));
  }
}

function read(path: string): z.infer<typeof contents> | undefined {
  try {
    return contents.parse(JSON.parse(readFileSync(join(path, 'owner.json'), 'utf8')));
  } catch {
    // Being made, or being removed, by another run.
    return undefined;
  }
}
