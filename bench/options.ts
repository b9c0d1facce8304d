import { parseArgs } from 'node:util';

export interface Options {
  /** The experiments to run, in this order. */
  readonly only: readonly string[];
  readonly quick: boolean;
  readonly waiting: number;
  /** How many rows are pending, one size after the other, in the poll experiment. */
  readonly sizes: readonly number[];
  readonly help: boolean;
}

const usualWaiting = 10_000;
const quickWaiting = 300;
const usualSizes = '100,1000,10000,50000';
const quickSizes = '100,500';

export const usage = `npm run bench -- [options]

  --only callback,cost   these experiments alone: callback, detection, cost, floor, memory,
                         poll (more than half an hour with 50,000 rows)
  --quick                few samples, to see that everything works; docs/performance.md stays as it is
  --waiting 10000        how many approvals wait in the memory experiment
  --sizes 100,50000      how many rows are pending in the poll experiment`;

/** Reads the command line. Throws an error of one sentence for what it does not know. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      waiting: { type: 'string' },
      sizes: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only?.split(',').map((name) => name.trim()) ?? known;
  const stranger = only.find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw new Error(`There is no experiment ${stranger}; there are ${known.join(', ')}.`);
  const waiting = values.waiting ?? String(values.quick ? quickWaiting : usualWaiting);
  if (!/^[1-9]\d{0,5}$/.test(waiting)) throw new Error(`--waiting takes a number, not ${waiting}.`);
  const sizes = values.sizes ?? (values.quick ? quickSizes : usualSizes);
  if (!/^[1-9]\d{1,5}(,[1-9]\d{1,5})*$/.test(sizes)) {
    throw new Error(`--sizes takes numbers from 10 on, separated by commas, not ${sizes}.`);
  }
  return {
    only,
    quick: values.quick,
    waiting: Number(waiting),
    sizes: sizes.split(',').map(Number),
    help: values.help,
  };
}
