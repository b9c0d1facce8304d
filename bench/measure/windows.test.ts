import { expect, test } from 'vitest';
import { countPerWindow, mostWithin } from './windows.ts';

test('finds the fullest window wherever it begins', () => {
  expect(mostWithin([0, 50, 59, 61, 70, 200], 60)).toBe(4);
  expect(mostWithin([70, 61, 59, 50, 0, 200], 60)).toBe(4);
  expect(mostWithin([], 60)).toBe(0);
});

test('does not count two events that are a whole window apart', () => {
  expect(mostWithin([0, 60], 60)).toBe(1);
  expect(mostWithin([0, 59], 60)).toBe(2);
});

test('counts by windows in a row and leaves out what is outside of them', () => {
  expect(countPerWindow([-1, 0, 9, 10, 25, 30], { startMs: 0, windowMs: 10, count: 3 })).toEqual([2, 1, 1]);
});
