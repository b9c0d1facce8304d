import { setTimeout as sleep } from 'node:timers/promises';
import { startApproval } from '../../src/activities/engine/approvals.ts';
import { closedLoop } from '../drive/closed-loop.ts';
import type { Bench, Experiment, Outcome } from '../experiment.ts';
import { percentile, spreadOf, summarise } from '../measure/summary.ts';
import type { Started } from '../processes/stack.ts';
import { lineChart } from '../report/lines.ts';
import { withoutLimits } from './settings.ts';

const settings = { ...withoutLimits, latencyMs: 0 };
const startsAtOnce = 20;
const few = 100;
const mebi = 2 ** 20;

/** What the measured process needs while this many approvals wait, in MiB; several readings. */
interface Reading {
  readonly waiting: number;
  readonly rss: readonly number[];
  readonly mainHeap: number;
  /** Of the thread where workflows live. */
  readonly workflowHeap: number;
  readonly fillS: number;
}

/** Lets more approvals wait: each looked at, its card sent. */
async function fill({ client, coupa, moveworks }: Started, count: number): Promise<number> {
  const approvals = await coupa.submitMany(count);
  const tookMs = await closedLoop(approvals, startsAtOnce, async (at) => {
    await startApproval(client, at);
  });
  const cards = performance.now();
  await moveworks.cardsOf(
    approvals.map(({ approvalId }) => approvalId),
    300_000 + count * 200,
  );
  return (tookMs + performance.now() - cards) / 1_000;
}

/** Two polls go by first, as they would every minute: what they read is part of what the process needs. */
async function read(started: Started, waiting: number, fillS: number): Promise<Reading> {
  for (let polls = 0; polls < 2; polls += 1) {
    await started.api.wakePoll();
    await sleep(8_000);
  }
  const rss: number[] = [];
  let mainHeap = 0;
  let workflowHeap = 0;
  for (let times = 0; times < 5; times += 1) {
    await sleep(1_000);
    const { rssBytes, heaps } = await started.memory();
    rss.push(rssBytes / mebi);
    mainHeap = (heaps.find(({ threadId }) => threadId === 0)?.usedBytes ?? 0) / mebi;
    const threads = heaps.filter(({ threadId }) => threadId !== 0);
    workflowHeap = threads.reduce((sum, { usedBytes }) => sum + usedBytes, 0) / mebi;
  }
  return { waiting, rss, mainHeap, workflowHeap, fillS };
}

/** The numbers of waiting approvals to stop at, from 100 to all. */
function stepsTo(all: number): number[] {
  return [few, all / 10, all / 5, all / 2, all].map(Math.round).filter((each) => each >= few && each <= all);
}

async function run(bench: Bench): Promise<Outcome> {
  const started = await bench.start(settings);
  const readings: Reading[] = [];
  let waiting = 0;
  for (const step of new Set(stepsTo(bench.waiting))) {
    const fillS = await fill(started, step - waiting);
    waiting = step;
    const reading = await read(started, waiting, fillS);
    readings.push(reading);
    bench.say(
      `${waiting} waiting: ${percentile(reading.rss, 0.5).toFixed(0)} MiB, filled in ${fillS.toFixed(0)} s`,
    );
  }
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined) throw new Error('nothing was measured');
  const ratios = last.rss.map((each) => each / percentile(first.rss, 0.5));
  const of = ({ rss }: Reading) => ({
    value: summarise(rss).p50,
    unit: 'MiB',
    digits: 0,
    spread: spreadOf(rss),
  });
  return {
    figures: [
      { name: `memory with ${first.waiting} waiting`, ...of(first) },
      { name: `memory with ${last.waiting} waiting`, ...of(last) },
      {
        name: 'of these, the second against the first',
        value: percentile(ratios, 0.5),
        unit: '',
        digits: 2,
        spread: spreadOf(ratios),
        target: { atMost: 1.3 },
      },
    ],
    tables: [
      {
        title: 'Memory of the process, after garbage collection in every thread',
        columns: ['waiting', 'RSS MiB', 'heap, main MiB', 'heap, workflows MiB', 'filled in s'],
        rows: readings.map(({ waiting: count, rss, mainHeap, workflowHeap, fillS }) => [
          String(count),
          ...[percentile(rss, 0.5), mainHeap, workflowHeap, fillS].map((each) => each.toFixed(0)),
        ]),
      },
    ],
    charts: [
      lineChart({
        name: 'memory',
        title: 'Memory of worker and API',
        x: 'approvals waiting',
        y: 'MiB',
        lines: [
          { label: 'whole process (RSS)', points: readings.map((each) => [each.waiting, of(each).value]) },
          { label: 'heap of workflows', points: readings.map((each) => [each.waiting, each.workflowHeap]) },
          { label: 'heap of everything else', points: readings.map((each) => [each.waiting, each.mainHeap]) },
        ],
      }),
    ],
    setting: { ...settings, waiting: bench.waiting },
    samples: {
      [`rssMiB${first.waiting}`]: summarise(first.rss),
      [`rssMiB${last.waiting}`]: summarise(last.rss),
    },
  };
}

/** What approvals cost while they wait for somebody. */
export const memory: Experiment = { name: 'memory', title: 'Memory while approvals wait', run };
