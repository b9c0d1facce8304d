import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { sleep } from '../../http/aborting.ts';
import { RetryableError, TerminalError } from '../../http/errors.ts';
import { codeOf } from './error-code.ts';
import { fileFacts } from './errors.ts';

/** Without a sign of life for this long a holder counts as dead; a living one gives a sign every half of it. */
const STALE_MS = 15_000;
/** Longer than a dead holder's lock lasts. */
const LOCK_WAIT_MS = 30_000;
const LOOK_AGAIN_MS = 100;

export interface LockOptions {
  /** How long to wait for it, in milliseconds. */
  readonly waitMs?: number | undefined;
  /** Without a sign of life for so many milliseconds, 2,000 at least, its holder counts as dead. */
  readonly staleMs?: number | undefined;
}

/**
 * Runs `run` while no other process on this file does. Throws a RetryableError after `waitMs` of waiting, a
 * TerminalError when the folder does not let us lock.
 */
export async function underLock<T>(
  file: string,
  run: () => Promise<T>,
  { waitMs = LOCK_WAIT_MS, staleMs = STALE_MS }: LockOptions = {},
): Promise<T> {
  const release = await acquire(file, waitMs, staleMs);
  try {
    return await run();
  } finally {
    // A lock that was taken over is not ours to remove, and a removal that fails goes stale by itself.
    await release().catch(() => undefined);
  }
}

async function acquire(file: string, waitMs: number, staleMs: number): Promise<() => Promise<void>> {
  let seen: { readonly signOfLifeMs: number | undefined; readonly waitedMs: number } | undefined;
  for (let waitedMs = 0; ;) {
    const taken = await tryToLock(file, staleMs);
    if (taken !== undefined) return taken;
    const signOfLifeMs = signOfLife(file);
    if (seen?.signOfLifeMs !== signOfLifeMs) seen = { signOfLifeMs, waitedMs };
    // The library compares with the clock, by which a lock from the future would be held until then.
    else if (seen !== undefined && waitedMs - seen.waitedMs > staleMs) remove(file);
    if (waitedMs >= waitMs) {
      throw new RetryableError(
        `another process has held the lock on ${file} for ${Math.round(waitMs / 1000)} s; try again`,
        fileFacts,
      );
    }
    const restMs = LOOK_AGAIN_MS * (1 + Math.random());
    await sleep(restMs);
    waitedMs += restMs;
  }
}

/** When a lock's holder last showed that it lives, by whatever clock it has; undefined where there is none. */
function signOfLife(file: string): number | undefined {
  return statSync(`${file}.lock`, { throwIfNoEntry: false })?.mtimeMs;
}

function remove(file: string): void {
  try {
    rmdirSync(`${file}.lock`);
  } catch {
    // Somebody else was first; the next look tells.
  }
}

/** The lock's release, or undefined while somebody else holds it. */
async function tryToLock(file: string, staleMs: number): Promise<(() => Promise<void>) | undefined> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return await lock(file, {
      realpath: false,
      stale: staleMs,
      // After a long sleep of this machine another process may have taken the lock over. Unless told, the library
      // throws in a timer, which would end the process. We go on: the token that we ask with, or that we already got
      // in exchange, is the one that works or it is refused, and a refusal makes us read the file again.
      onCompromised: () => undefined,
    });
  } catch (error) {
    const code = codeOf(error);
    // ENOENT: a lock that was being removed while we looked.
    if (code === 'ELOCKED' || code === 'ENOENT') return undefined;
    throw new TerminalError(
      `${file} cannot be locked (${code}); the folder must be writable for this service`,
      fileFacts,
    );
  }
}
