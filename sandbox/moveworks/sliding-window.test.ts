import { expect, test } from 'vitest';
import { SlidingWindow } from './sliding-window.ts';

test('lets no more in than the limit over any 60 seconds', () => {
  const window = new SlidingWindow();
  expect(window.admit(1000, 2)).toBe(true);
  expect(window.admit(40_000, 2)).toBe(true);
  expect(window.admit(60_999, 2)).toBe(false);
  expect(window.admit(61_000, 2)).toBe(true);
  expect(window.admit(61_001, 2)).toBe(false);
});
