import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { each } from './each.ts';

const { signal } = new AbortController();
const numbers = Array.from({ length: 20 }, (_, n) => n);

describe('each', () => {
  it('does all of it, so many at a time', async () => {
    const done: number[] = [];
    let [underWay, most] = [0, 0];
    await each(numbers, { atOnce: 3, signal }, async (n) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await turn();
      underWay -= 1;
      done.push(n);
    });
    expect(done.toSorted((a, b) => a - b)).toEqual(numbers);
    expect(most).toBe(3);
  });

  it('begins no more after a failure, which it throws when nothing is under way', async () => {
    let [begun, ended] = [0, 0];
    const work = async (n: number): Promise<void> => {
      begun += 1;
      await turn();
      ended += 1;
      if (n === 1) throw new Error('no');
      await turn();
    };
    await expect(each(numbers, { atOnce: 2, signal }, work)).rejects.toThrow('no');
    expect(begun).toBeLessThan(5);
    expect(ended).toBe(begun);
  });

  it('ends between two items when it is aborted', async () => {
    const abort = new AbortController();
    const done: number[] = [];
    const all = each(numbers, { atOnce: 1, signal: abort.signal }, async (n) => {
      done.push(n);
      if (n === 4) abort.abort(new Error('stop'));
      await turn();
    });
    await expect(all).rejects.toThrow('stop');
    expect(done).toEqual([0, 1, 2, 3, 4]);
  });
});
