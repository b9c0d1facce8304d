import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { makeHomeFolder, writeWhole } from './home-folder.ts';
import { identityOf, isAlive, processIdentity } from './process-identity.ts';

/** One start's claim on the home folder; only a held one keeps others out for good. */
const claim = z.object({
  owner: processIdentity,
  held: z.boolean(),
  urls: z.record(z.string(), z.string()),
});
type Claim = z.infer<typeof claim>;

export interface LockedHome {
  kind: 'locked';
  /** Stores where this start can be reached, so that a second start prints it. */
  publish(urls: Record<string, string>): Promise<void>;
  /** Gives the folder back; safe to call twice. */
  release(): Promise<void>;
}

export interface BusyHome {
  kind: 'busy';
  pid: number;
  /** Empty while the other start has not come up yet. */
  urls: Record<string, string>;
}

/** Two starts that meet draw lots this often; then the second one is told that the folder is busy. */
const attempts = 40;

/**
 * Locks the home folder for one running Countersign; makes it (mode 0700) where it is missing. Two embedded
 * Temporal servers on one database file both start without complaint and spoil it.
 *
 * Every start writes a claim under a name of its own, then reads all others; whoever finds a living claim steps
 * back. Of two starts the later writer always sees the earlier, so both can never hold. The claim of a dead process
 * is removed by whoever sees it, without a race, since its name is never used again.
 */
export async function lockHome(home: string): Promise<LockedHome | BusyHome> {
  const owner = identityOf(process.pid);
  if (owner === undefined)
    throw new Error('This system does not tell when a process started (is `ps` missing?).');
  makeHomeFolder(home);
  const folder = join(home, 'lock');
  makeHomeFolder(folder);
  const name = `${owner.pid}-${randomUUID()}.json`;
  const write = (held: boolean, urls: Claim['urls']): void =>
    writeWhole(join(folder, name), JSON.stringify({ owner, held, urls } satisfies Claim));
  const withdraw = (): void => rmSync(join(folder, name), { force: true });

  for (let attempt = 1; ; attempt += 1) {
    write(false, {});
    const other = otherLivingClaim(folder, name);
    if (other === undefined) break;
    withdraw();
    if (other.held || attempt === attempts) return { kind: 'busy', pid: other.owner.pid, urls: other.urls };
    await sleep(10 + Math.random() * 90);
  }

  write(true, {});
  let released = false;
  return {
    kind: 'locked',
    publish: (urls) => {
      if (!released) write(true, urls);
      return Promise.resolve();
    },
    release: () => {
      released = true;
      withdraw();
      return Promise.resolve();
    },
  };
}

/** The claim that stands in the way, a held one first; removes those of dead processes. */
function otherLivingClaim(folder: string, ownName: string): Claim | undefined {
  const living: Claim[] = [];
  for (const name of readdirSync(folder)) {
    if (name === ownName || !name.endsWith('.json')) continue;
    const other = readClaim(join(folder, name));
    if (other === undefined) continue;
    if (isAlive(other.owner)) living.push(other);
    else rmSync(join(folder, name), { force: true });
  }
  return living.find(({ held }) => held) ?? living[0];
}

/** Undefined when its owner has withdrawn it meanwhile. */
function readClaim(file: string): Claim | undefined {
  try {
    return claim.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${file} is not a claim of ours: delete it if no Countersign runs on this folder.`, {
      cause: error,
    });
  }
}
