import { expect, test } from 'vitest';
import { closedLoop } from './closed-loop.ts';

test('does everything once and never more at a time than allowed', async () => {
  const done: number[] = [];
  let under = 0;
  let most = 0;
  await closedLoop([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    under += 1;
    most = Math.max(most, under);
    await Promise.resolve();
    under -= 1;
    done.push(item);
  });
  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test('ends with the first failure', async () => {
  const failing = closedLoop([1, 2], 1, (item) => Promise.reject(new Error(`item ${item}`)));
  await expect(failing).rejects.toThrow('item 1');
});
