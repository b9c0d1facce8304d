import type { Bench, Experiment, Figure, Outcome } from '../experiment.ts';
import { spreadOf, summarise, type Summary } from '../measure/summary.ts';
import { startUp, type StartUp } from '../poll/start-up.ts';
import { steady, type Steady } from '../poll/steady.ts';
import { withLimits } from './settings.ts';

/** The service's default for Coupa. */
const coupaPerSecond = 5;
const intervalS = 60;
const settings = { ...withLimits, coupaPerSecond, pollInterval: `${intervalS}s` };
/** Without latency and limit while the state of many days is brought about. */
const whilePreparing = { ...settings, latencyMs: 0, coupaLimitPerSecond: 0 };

const thousands = (rows: number) => rows.toLocaleString('en-US');
const seconds = (ms: number) => ms / 1_000;
const meanOf = (values: readonly number[]) => summarise(values).mean;
const of = (samples: readonly number[]): Summary | undefined =>
  samples.length === 0 ? undefined : summarise(samples);

/** A round of the state pass takes longer the more is open: what Coupa does not date is noticed by it alone. */
function minutesFor(rows: number, quick: boolean): number {
  return quick ? 2 : Math.max(3, Math.ceil(rows / 5_000) + 2);
}

async function measureSteady(bench: Bench, rows: number, seed: number): Promise<Steady> {
  const started = await bench.start(whilePreparing);
  const [newRows, dated, undated] = bench.quick ? [3, 2, 1] : [10, 6, 3];
  const { latencyMs, coupaLimitPerSecond } = settings;
  const minutes = minutesFor(rows, bench.quick);
  const measured = await steady(started, {
    rows,
    seed,
    minutes,
    newRows,
    dated,
    undated,
    latencyMs,
    coupaLimitPerSecond,
  });
  await started.stop();
  bench.say(
    `${thousands(rows)} rows, prepared in ${measured.setUpS.toFixed(0)} s: ${meanOf(measured.requests).toFixed(0)} requests a minute, ` +
      `new within ${seconds(Math.max(...measured.newMs)).toFixed(1)} s, withdrawn within ` +
      `${seconds(Math.max(...measured.datedMs)).toFixed(1)} s, without a date within ` +
      `${seconds(Math.max(...measured.undatedMs)).toFixed(1)} s, ${measured.missed} missed`,
  );
  return measured;
}

async function measureStartUp(bench: Bench, rows: number): Promise<StartUp> {
  const started = await bench.start(settings);
  const measured = await startUp(started, { rows, seed: 99, newRows: bench.quick ? 1 : 4 });
  await started.stop();
  bench.say(
    `a first start with ${thousands(rows)} rows: ${measured.tookS.toFixed(0)} s until each had its workflow`,
  );
  return measured;
}

function figuresOf({ rows, requests, newMs, datedMs, undatedMs }: Steady): Figure[] {
  const at = `${thousands(rows)} rows`;
  const noticed = [...datedMs, ...undatedMs].map(seconds);
  return [
    {
      name: `${at}: requests of the polls to Coupa a minute, on average`,
      value: meanOf(requests),
      unit: '',
      digits: 0,
      spread: spreadOf(requests),
      target: { atMost: 150 },
    },
    {
      name: `${at}: from a new row to its workflow, the slowest`,
      value: seconds(Math.max(...newMs)),
      unit: 's',
      digits: 1,
      spread: spreadOf(newMs.map(seconds)),
      target: { atMost: intervalS + 5 },
    },
    {
      name: `${at}: until a withdrawal is noticed, the slowest`,
      value: Math.max(...noticed),
      unit: 's',
      digits: 0,
      spread: spreadOf(noticed),
      target: { atMost: 600 },
    },
  ];
}

function cells(samples: readonly number[]): string[] {
  const found = of(samples.map(seconds));
  return found === undefined
    ? ['-', '-', '-']
    : [found.p50, found.p95, found.max].map((each) => each.toFixed(1));
}

async function run(bench: Bench): Promise<Outcome> {
  const sizes: Steady[] = [];
  for (const [index, rows] of bench.sizes.entries()) sizes.push(await measureSteady(bench, rows, index + 1));
  const first = await measureStartUp(bench, bench.quick ? 200 : 10_000);
  const samples = sizes.flatMap(({ rows, newMs, datedMs, undatedMs, runMs }) =>
    Object.entries({ newMs, datedMs, undatedMs, runMs }).flatMap(([name, each]) => {
      const found = of(each);
      return found === undefined ? [] : [[`${name}At${rows}`, found] as const];
    }),
  );
  return {
    figures: [
      ...sizes.flatMap(figuresOf),
      {
        name: 'new rows and withdrawals that were not noticed at all',
        value: sizes.reduce((sum, { missed }) => sum + missed, 0),
        unit: '',
        target: { atMost: 0 },
      },
      {
        name: `a first start with ${thousands(first.rows)} rows: workflows started`,
        value: first.rows / first.tookS,
        unit: 'rows/s',
        digits: 1,
      },
      {
        name: 'meanwhile, from a new row to its workflow, the slowest',
        value: seconds(Math.max(...first.newMs)),
        unit: 's',
        digits: 1,
        target: { atMost: intervalS + 5 },
      },
      {
        name: 'meanwhile, from a new row to its card, the slowest',
        value: seconds(Math.max(...first.cardMs)),
        unit: 's',
        digits: 1,
      },
    ],
    tables: [
      {
        title:
          'Polls every 60 s with a workflow open for each row, in seconds: p50, p95, max. The workflows were ' +
          'started with the memo that a look leaves, on a queue that nobody serves',
        columns: [
          'rows',
          ...['requests/min', 'most in a minute'],
          ...['new row', 'p95', 'max'],
          ...['withdrawal', 'p95', 'max'],
          ...['without a date', 'p95', 'max'],
          'longest run',
          'prepared in',
        ],
        rows: sizes.map(({ rows, requests, newMs, datedMs, undatedMs, runMs, setUpS }) => [
          thousands(rows),
          meanOf(requests).toFixed(0),
          String(Math.max(...requests)),
          ...cells(newMs),
          ...cells(datedMs),
          ...cells(undatedMs),
          seconds(Math.max(...runMs)).toFixed(1),
          setUpS.toFixed(0),
        ]),
      },
    ],
    charts: [],
    setting: { ...settings, sizes: bench.sizes.join(' '), startUpRows: first.rows },
    samples: Object.fromEntries(samples),
  };
}

/** What the polls cost and how soon they notice, however much is pending. */
export const poll: Experiment = {
  name: 'poll',
  title: 'Polls: from a change in Coupa to its workflow',
  ownFile: 'poll.json',
  run,
};
