import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

const known = ['callback', 'cost'];

test('runs everything in full unless told otherwise', () => {
  expect(readOptions([], known)).toEqual({ only: known, quick: false, waiting: 10_000, help: false });
});

test('takes a list of experiments, fewer samples, and how many approvals wait', () => {
  const args = ['--only', 'cost, callback', '--quick', '--waiting', '50'];
  expect(readOptions(args, known)).toEqual({
    only: ['cost', 'callback'],
    quick: true,
    waiting: 50,
    help: false,
  });
});

test.each([[['--only', 'speed']], [['--waiting', 'many']], [['--waiting', '0']], [['--fast']]])(
  'refuses %j',
  (args) => {
    expect(() => readOptions(args, known)).toThrow();
  },
);
