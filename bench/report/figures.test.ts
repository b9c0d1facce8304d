import { expect, test } from 'vitest';
import { figureTable, isMet } from './figures.ts';

test('says of each figure whether its target is met, the target itself included', () => {
  expect(isMet({ name: 'f', value: 50, unit: 'ms', target: { atMost: 50 } })).toBe(true);
  expect(isMet({ name: 'f', value: 50.1, unit: 'ms', target: { atMost: 50 } })).toBe(false);
  expect(isMet({ name: 'f', value: 20, unit: 'cards/s', target: { atLeast: 20 } })).toBe(true);
  expect(isMet({ name: 'f', value: 19.9, unit: 'cards/s', target: { atLeast: 20 } })).toBe(false);
  expect(isMet({ name: 'f', value: 19.9, unit: 'cards/s' })).toBeUndefined();
});

test('writes measured value, spread and target in the figure’s unit', () => {
  const { rows } = figureTable('t', [
    { name: 'p95', value: 81.26, unit: 'ms', spread: [78, 84.04], target: { atMost: 80 } },
    { name: 'ratio', value: 0.7, unit: '', digits: 2 },
  ]);
  expect(rows).toEqual([
    ['p95', '81.3 ms', '78 to 84.0 ms', 'at most 80 ms', 'missed'],
    ['ratio', '0.70', '', '', ''],
  ]);
});
