import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepRenewed } from './keep-renewed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const day = 24 * 60 * 60_000;

describe('keepRenewed', () => {
  it('looks at once, so that a service which is restarted daily renews too, and then every day until it is stopped', async () => {
    let looks = 0;
    const renewIfDue = () => {
      looks += 1;
      return Promise.resolve('not due' as const);
    };
    const kept = keepRenewed({ renewIfDue }, { everyMs: day, onProblem: () => expect.unreachable() });
    expect(looks).toBe(1);
    await vi.advanceTimersByTimeAsync(3 * day);
    expect(looks).toBe(4);
    kept.stop();
    await vi.advanceTimersByTimeAsync(3 * day);
    expect(looks).toBe(4);
  });

  it('tells of a failed renewal, and tries again the next day', async () => {
    const failure = new Error('no');
    const results = [() => Promise.reject(failure), () => Promise.resolve('renewed' as const)];
    const problems: unknown[] = [];
    const kept = keepRenewed(
      { renewIfDue: () => (results.shift() ?? (() => expect.unreachable()))() },
      { everyMs: day, onProblem: (error) => problems.push(error) },
    );
    await vi.advanceTimersByTimeAsync(day);
    kept.stop();
    expect(problems).toEqual([failure]);
    expect(results).toEqual([]);
  });
});
