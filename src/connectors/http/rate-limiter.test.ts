import { describe, expect, it } from 'vitest';
import { createRateLimiter, type Priority } from './rate-limiter.ts';

/** A clock on which sleeping costs nothing but is counted. */
function fakeClock() {
  let nowMs = 0;
  const sleeps: AbortSignal[] = [];
  return {
    sleeps,
    now: () => nowMs,
    advance: (ms: number) => {
      nowMs += ms;
    },
    sleep: async (ms: number, signal?: AbortSignal) => {
      if (signal) sleeps.push(signal);
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      nowMs += ms;
    },
  };
}

describe('createRateLimiter', () => {
  it('lets a small burst through, then spaces requests evenly', async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ perSecond: 10, burst: 2, ...clock });
    const times = await Promise.all(
      Array.from({ length: 5 }, () => limiter.acquire().then(() => Math.round(clock.now()))),
    );
    expect(times).toEqual([0, 0, 100, 200, 300]);
  });

  it('expresses limits per minute: 60 a minute is one a second', async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ perSecond: 1, burst: 1, ...clock });
    for (let i = 0; i < 61; i += 1) await limiter.acquire();
    expect(Math.round(clock.now())).toBe(60_000);
  });

  it('never saves up more than its burst in a quiet time', async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ perSecond: 10, burst: 2, ...clock });
    clock.advance(60_000);
    for (let i = 0; i < 4; i += 1) await limiter.acquire();
    expect(Math.round(clock.now())).toBe(60_200);
  });

  it('serves a decision before reads that waited longer (P11)', async () => {
    const limiter = createRateLimiter({ perSecond: 10, burst: 1, ...fakeClock() });
    const order: string[] = [];
    const take = (name: string, priority: Priority) =>
      limiter.acquire({ priority }).then(() => order.push(name));
    await Promise.all([take('a', 'normal'), take('b', 'normal'), take('c', 'normal'), take('d', 'decide')]);
    expect(order).toEqual(['a', 'd', 'b', 'c']);
  });

  it('serves a poll before reads that waited longer, and after a decision', async () => {
    const limiter = createRateLimiter({ perSecond: 10, burst: 1, ...fakeClock() });
    const order: string[] = [];
    const take = (name: string, priority: Priority) =>
      limiter.acquire({ priority }).then(() => order.push(name));
    await Promise.all([take('a', 'normal'), take('b', 'normal'), take('c', 'poll'), take('d', 'decide')]);
    expect(order).toEqual(['a', 'd', 'c', 'b']);
  });

  it('gives an aborted place to the next one and rethrows the reason', async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ perSecond: 10, burst: 1, ...clock });
    const controller = new AbortController();
    const reason = new Error('activity cancelled');
    const first = limiter.acquire();
    const second = limiter.acquire({ signal: controller.signal });
    const third = limiter.acquire().then(() => Math.round(clock.now()));
    controller.abort(reason);
    await first;
    await expect(second).rejects.toBe(reason);
    expect(await third).toBe(100);
  });

  it('ends its timer when the last one waiting gives up', async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ perSecond: 10, burst: 1, ...clock });
    const controller = new AbortController();
    await limiter.acquire();
    const waiting = limiter.acquire({ signal: controller.signal });
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    expect(clock.sleeps.map((signal) => signal.aborted)).toEqual([true]);
  });

  it('serves again after everyone left, and requests made one after the other', async () => {
    const limiter = createRateLimiter({ perSecond: 1000, burst: 1 });
    const controller = new AbortController();
    await limiter.acquire();
    const left = limiter.acquire({ signal: controller.signal });
    controller.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    for (let i = 0; i < 5; i += 1) await limiter.acquire();
    await expect(limiter.acquire()).resolves.toBeUndefined();
  });

  it('refuses an acquire whose signal has already aborted, without using up a place', async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ perSecond: 10, burst: 1, ...clock });
    await expect(limiter.acquire({ signal: AbortSignal.abort(new Error('late')) })).rejects.toThrow('late');
    await limiter.acquire();
    expect(clock.now()).toBe(0);
  });

  it('goes on at another rate, for those that wait already too', async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ perSecond: 10, burst: 1, ...clock });
    const times: number[] = [];
    const take = () => limiter.acquire().then(() => times.push(Math.round(clock.now())));
    const waiting = Promise.all([take(), take(), take()]);
    limiter.setRate({ perSecond: 1, burst: 1 });
    await waiting;
    expect(times).toEqual([0, 1000, 2000]);
    limiter.setRate({ perSecond: 100, burst: 1 });
    await take();
    expect(times.at(-1)).toBe(2010);
  });

  it('does not keep what it saved up at a larger burst', async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ perSecond: 10, burst: 5, ...clock });
    limiter.setRate({ perSecond: 10, burst: 2 });
    for (let i = 0; i < 3; i += 1) await limiter.acquire();
    expect(Math.round(clock.now())).toBe(100);
  });

  it('keeps its rate when it is given a senseless one', async () => {
    const clock = fakeClock();
    const limiter = createRateLimiter({ perSecond: 10, burst: 1, ...clock });
    expect(() => limiter.setRate({ perSecond: 0, burst: 1 })).toThrow(RangeError);
    for (let i = 0; i < 3; i += 1) await limiter.acquire();
    expect(Math.round(clock.now())).toBe(200);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a rate of %d at once', (perSecond) => {
    expect(() => createRateLimiter({ perSecond, burst: 1 })).toThrow(RangeError);
  });
});
