import { mkdirSync } from 'node:fs';
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

/**
 * Runs `run` while no other process on this file does. Throws a RetryableError after `waitMs` (milliseconds) of
 * waiting, a TerminalError when the folder does not let us lock.
 */
export async function underLock<T>(file: string, run: () => Promise<T>, waitMs = LOCK_WAIT_MS): Promise<T> {
  const release = await acquire(file, waitMs);
  try {
    return await run();
  } finally {
    // A lock that was taken over is not ours to remove, and a removal that fails goes stale by itself.
    await release().catch(() => undefined);
  }
}

async function acquire(file: string, waitMs: number): Promise<() => Promise<void>> {
  for (let waitedMs = 0; ;) {
    const taken = await tryToLock(file);
    if (taken !== undefined) return taken;
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

/** The lock's release, or undefined while somebody else holds it. */
async function tryToLock(file: string): Promise<(() => Promise<void>) | undefined> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return await lock(file, {
      realpath: false,
      stale: STALE_MS,
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
