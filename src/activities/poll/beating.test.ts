import { EventEmitter, once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { failureOf } from '../../connectors/http/test-server.ts';
import { beating } from './beating.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('a long wait beats more than once a minute, and no more when it is over', async () => {
  vi.useFakeTimers();
  const beat = vi.fn();
  const done = new EventEmitter();
  const work = once(done, 'done');
  const waiting = beating(work, beat);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(beat.mock.calls.length).toBeGreaterThan(1);
  done.emit('done', 'list');
  expect(await waiting).toEqual(['list']);
  expect(vi.getTimerCount()).toBe(0);
});

it('a wait that fails leaves no timer behind', async () => {
  vi.useFakeTimers();
  const failed = await failureOf(beating(Promise.reject(new Error('down')), vi.fn()));
  expect(failed).toMatchObject({ message: 'down' });
  expect(vi.getTimerCount()).toBe(0);
});
