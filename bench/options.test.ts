import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

const known = ['callback', 'cost'];

test('runs everything in full unless told otherwise', () => {
  expect(readOptions([], known)).toEqual({
    only: known,
    quick: false,
    waiting: 10_000,
    sizes: [100, 1_000, 10_000, 50_000],
    help: false,
  });
});

test('takes a list of experiments, fewer samples, how many approvals wait and how many rows', () => {
  const args = ['--only', 'cost, callback', '--quick', '--waiting', '50', '--sizes', '10,20'];
  expect(readOptions(args, known)).toEqual({
    only: ['cost', 'callback'],
    quick: true,
    waiting: 50,
    sizes: [10, 20],
    help: false,
  });
});

test.each([
  [['--only', 'speed']],
  [['--sizes', '10;20']],
  [['--sizes', '1']],
  [['--waiting', 'many']],
  [['--waiting', '0']],
  [['--fast']],
])('refuses %j', (args) => {
  expect(() => readOptions(args, known)).toThrow();
});
