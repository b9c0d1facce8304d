import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createRoom } from './room.ts';

const until = async (isFree: () => boolean): Promise<void> => {
  while (!isFree()) await setImmediate();
};

/** Work that ends when it is told to, and what of it has begun. */
function works() {
  const begun: number[] = [];
  const ends = new Map<number, (error?: Error) => void>();
  const work = (id: number) => () => {
    begun.push(id);
    return new Promise<number>((resolve, reject) => {
      ends.set(id, (error) => {
        if (error === undefined) resolve(id);
        else reject(error);
      });
    });
  };
  const end = async (id: number, error?: Error) => {
    ends.get(id)?.(error);
    await setImmediate();
    await setImmediate();
  };
  return { begun, work, end };
}

describe('a room with two places', () => {
  it('begins two at once, and each further one when a place is free, however the one before ended', async () => {
    const { begun, work, end } = works();
    const inRoom = createRoom(2, until);
    const results = [1, 2, 3, 4, 5].map((id) => inRoom(work(id)));
    const settled = Promise.allSettled(results);
    expect(begun).toEqual([1, 2]);
    await end(2);
    expect(begun).toEqual([1, 2, 3]);
    await end(1, new Error('refused'));
    expect(begun).toEqual([1, 2, 3, 4]);
    for (const id of [3, 4, 5]) await end(id);
    expect((await settled).map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
  });

  it('never begins what stops waiting, and gives its place to nobody', async () => {
    const { begun, work, end } = works();
    const inRoom = createRoom(1, () => Promise.reject(new Error('cancelled')));
    const first = inRoom(work(1));
    await expect(inRoom(work(2))).rejects.toThrow('cancelled');
    await end(1);
    expect(await first).toBe(1);
    void inRoom(work(3));
    expect(begun).toEqual([1, 3]);
    await end(3);
  });
});
