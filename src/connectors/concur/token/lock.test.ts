import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { RetryableError, TerminalError } from '../../http/errors.ts';
import { failureOf } from '../../http/test-server.ts';
import { underLock } from './lock.ts';
import { tokenFilePath } from './test-token-server.ts';

afterEach(() => void vi.useRealTimers());

it('lets one in at a time, and the next one when the first one fails', async () => {
  const file = tokenFilePath();
  let inside = 0;
  const enter = (fails: boolean) =>
    underLock(file, async () => {
      inside += 1;
      await new Promise((resolve) => setImmediate(resolve));
      expect(inside).toBe(1);
      inside -= 1;
      if (fails) throw new Error('as it happens');
      return 'done';
    });
  const results = await Promise.allSettled([enter(true), enter(false), enter(false)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

it('goes on without a crash when its lock was taken over, and leaves the other one’s lock alone', async () => {
  const file = tokenFilePath();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const result = await underLock(file, async () => {
    utimesSync(`${file}.lock`, 1e9, 1e9);
    // The next sign of life finds the change.
    vi.advanceTimersByTime(7_500);
    for (let looks = 0; looks < 50; looks += 1) await stat(file).catch(() => undefined);
    return 'done';
  });
  expect(result).toBe('done');
  expect(existsSync(`${file}.lock`)).toBe(true);
});

it('gets past the lock of a dead process from a time when the clock was ahead', async () => {
  const file = tokenFilePath();
  mkdirSync(`${file}.lock`, { recursive: true });
  const nextYear = Date.now() / 1000 + 365 * 86_400;
  utimesSync(`${file}.lock`, nextYear, nextYear);
  expect(await underLock(file, () => Promise.resolve('done'), { staleMs: 2000 })).toBe('done');
});

it('leaves the lock of a living process alone, whatever its clock says', async () => {
  const file = tokenFilePath();
  mkdirSync(`${file}.lock`, { recursive: true });
  let beats = 0;
  const beating = setInterval(() => {
    beats += 1;
    const ahead = Date.now() / 1000 + 86_400 + beats;
    utimesSync(`${file}.lock`, ahead, ahead);
  }, 200);
  onTestFinished(() => clearInterval(beating));
  const waiting = underLock(file, () => Promise.resolve(), { staleMs: 2000, waitMs: 4000 });
  expect(await failureOf(waiting)).toBeInstanceOf(RetryableError);
});

it('names the file when its folder does not let us lock', async () => {
  const file = tokenFilePath();
  mkdirSync(dirname(dirname(file)), { recursive: true });
  writeFileSync(dirname(file), 'a file where a folder is needed');
  const failure = await failureOf(underLock(file, () => Promise.resolve()));
  expect(failure).toBeInstanceOf(TerminalError);
  expect(String(failure)).toMatch(/concur-token\.json cannot be locked \(EEXIST\)/);
});
