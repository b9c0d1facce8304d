import { setTimeout as sleep } from 'node:timers/promises';
import { approvalWorkflowId } from '../../src/contract/ids.ts';
import { apiDrive } from '../drive/api.ts';
import type { Submitted } from '../drive/coupa.ts';
import { until } from '../../test/support/until.ts';
import type { Bench, Experiment, Figure, Outcome, Table } from '../experiment.ts';
import { readHistory } from '../measure/history.ts';
import { requestsOfPress } from '../measure/inside-coupa.ts';
import { phases, phasesOf } from '../measure/phases.ts';
import { percentile, spreadOf, summarise } from '../measure/summary.ts';
import { listening } from '../processes/listening.ts';
import type { Started } from '../processes/stack.ts';
import { barChart } from '../report/bars.ts';
import { lineChart } from '../report/lines.ts';
import { pressInPairs, type Block } from './presses.ts';
import { withLimits } from './settings.ts';

/** Seconds that one press of a block takes, and cards that leave in one second, for the size of the queue. */
const secondsPerPress = 0.95;
const cardsPerSecond = 2;
/** How fast the service looks at new approvals: half of the 20 requests a second. */
const looksPerSecond = 10;

/** Approvals enough for `queued` cards to wait until the last press, since cards go out all the while. */
function queueSize(queued: number, presses: number): number {
  const leaveMeanwhile = presses * secondsPerPress * cardsPerSecond;
  return Math.ceil((queued + leaveMeanwhile) / (1 - cardsPerSecond / looksPerSecond)) + 50;
}

async function newCards({ coupa, moveworks, api }: Started, count: number): Promise<Submitted[]> {
  const approvals = await coupa.submitMany(count);
  await api.wakePoll();
  await moveworks.cardsOf(
    approvals.map(({ approvalId }) => approvalId),
    120_000 + count * 1_000,
  );
  await sleep(2_000);
  return approvals;
}

/** Submits enough for a queue of cards, and waits until Countersign has looked at every one of them. */
async function fillQueue({ coupa, api }: Started, count: number): Promise<Submitted[]> {
  await coupa.forgetRequests();
  const approvals = await coupa.submitMany(count);
  const wanted = new Set(approvals.map(({ requisitionId }) => `/api/requisitions/${requisitionId}`));
  await api.wakePoll();
  await until(
    `a look at ${count} approvals`,
    async () => {
      const looked = new Set(
        (await coupa.requests()).map(({ path }) => path).filter((path) => wanted.has(path)),
      );
      return looked.size === wanted.size ? true : undefined;
    },
    180_000 + count * 300,
    2_000,
  );
  return approvals;
}

async function whereItGoes(started: Started, block: Block): Promise<Table> {
  const record = await started.coupa.requests();
  const split: number[][] = [];
  for (const press of block.presses) {
    const handle = started.client.workflow.getHandle(approvalWorkflowId(press.approvalId));
    await handle.result();
    split.push(phasesOf(await readHistory(handle), requestsOfPress(record, press), press));
  }
  const row = (name: string, index: number) => {
    const times = split.map((each) => each[index] ?? Number.NaN);
    return [name, percentile(times, 0.5).toFixed(1), percentile(times, 0.95).toFixed(1)];
  };
  return {
    title: 'Where the time of a press goes, idle',
    columns: ['phase', 'p50 ms', 'p95 ms'],
    rows: phases.map(row),
  };
}

function figures(name: string, blocks: readonly (readonly number[])[], targets?: readonly [number, number]) {
  const all = blocks.flat();
  return [0.5, 0.95].map((share, index): Figure => {
    const atMost = targets?.[index];
    return {
      name: `${name}, p${share * 100}`,
      value: percentile(all, share),
      unit: 'ms',
      digits: 1,
      spread: spreadOf(blocks.map((block) => percentile(block, share))),
      ...(atMost === undefined ? {} : { target: { atMost } }),
    };
  });
}

function distribution(label: string, samples: readonly number[]) {
  const shares = Array.from({ length: 100 }, (_, index) => (index + 1) / 100);
  return { label, points: shares.map((share) => [share * 100, percentile(samples, share)] as const) };
}

async function run(bench: Bench): Promise<Outcome> {
  const [blocks, size, queued] = bench.quick ? [2, 6, 20] : [5, 40, 1_000];
  const started = await bench.start(withLimits);
  const vendors = started.beside;
  const guide = started.run('./guide.ts', [
    JSON.stringify({ coupa: vendors.coupa.url, moveworks: vendors.moveworks.url }),
  ]);
  const passThrough = apiDrive(await listening(guide), '');
  await pressInPairs(started, passThrough, await newCards(started, bench.quick ? 2 : 15));

  const idle: Block[] = [];
  let goes: Table | undefined;
  for (let block = 0; block < blocks; block += 1) {
    const approvals = await newCards(started, size);
    const pressed = await pressInPairs(started, passThrough, approvals);
    idle.push(pressed);
    goes ??= await whereItGoes(started, pressed);
    bench.say(`idle block ${block + 1} of ${blocks}: p50 ${percentile(pressed.ours, 0.5).toFixed(1)} ms`);
  }

  const { moveworks } = started;
  const inQueue = await fillQueue(started, queueSize(queued, blocks * size));
  const waiting = async () => {
    await moveworks.look();
    return inQueue.filter(({ approvalId }) => !moveworks.cards.has(approvalId)).length;
  };
  const before = await waiting();
  bench.say(`${before} cards are queued`);
  const busy: Block[] = [];
  const pressedIds = new Set<number>();
  for (let block = 0; block < blocks; block += 1) {
    const ready = await until(
      `${size} cards to press`,
      async () => {
        await moveworks.look();
        const some = inQueue.filter(
          ({ approvalId }) => moveworks.cards.has(approvalId) && !pressedIds.has(approvalId),
        );
        return some.length >= size ? some.slice(0, size) : undefined;
      },
      120_000,
      500,
    );
    for (const { approvalId } of ready) pressedIds.add(approvalId);
    busy.push(await pressInPairs(started, passThrough, ready));
    bench.say(`block ${block + 1} of ${blocks} beside ${await waiting()} queued cards`);
  }
  const after = await waiting();

  const of = (from: readonly Block[], way: 'ours' | 'passThrough') => from.map((block) => block[way]);
  const all = {
    idle: of(idle, 'ours').flat(),
    idlePassThrough: of(idle, 'passThrough').flat(),
    queued: of(busy, 'ours').flat(),
    queuedPassThrough: of(busy, 'passThrough').flat(),
  };
  const ratio = percentile(all.queued, 0.95) / percentile(all.idle, 0.95);
  const bars = [0.5, 0.95].flatMap((share) =>
    (
      [
        ['pass-through, idle', all.idlePassThrough, 4],
        ['Countersign, idle', all.idle, 0],
        ['Countersign, cards queued', all.queued, 1],
      ] as const
    ).map(([label, samples, group]) => ({
      label: `${label}, p${share * 100}`,
      value: percentile(samples, share),
      group,
    })),
  );
  return {
    figures: [
      ...figures('Countersign, idle', of(idle, 'ours'), [50, 80]),
      ...figures('pass-through without durability, idle', of(idle, 'passThrough')),
      ...figures(`Countersign, ${after} to ${before} cards queued`, of(busy, 'ours')),
      ...figures('pass-through, cards queued', of(busy, 'passThrough')),
      {
        name: 'p95 with cards queued against idle',
        value: ratio,
        unit: '',
        digits: 2,
        target: { atMost: 2 },
      },
    ],
    tables: goes === undefined ? [] : [goes],
    charts: [
      barChart({
        name: 'callback',
        title: 'From the press to its 200, without the time inside Coupa',
        unit: 'ms',
        bars,
        targets: [
          { label: 'target of p50, idle', value: 50 },
          { label: 'target of p95, idle', value: 80 },
        ],
      }),
      lineChart({
        name: 'callback-distribution',
        title: 'How long presses take, from the fastest to the slowest',
        x: 'per cent of the presses',
        y: 'ms',
        lines: [
          distribution('pass-through, idle', all.idlePassThrough),
          distribution('Countersign, idle', all.idle),
          distribution('Countersign, cards queued', all.queued),
        ],
      }),
    ],
    setting: { ...withLimits, blocks, pressesPerBlock: size, queuedBefore: before, queuedAfter: after },
    samples: Object.fromEntries(Object.entries(all).map(([name, samples]) => [name, summarise(samples)])),
  };
}

/** How long a button takes, beside the time that Coupa takes. */
export const callback: Experiment = { name: 'callback', title: 'Callback: a press until its 200', run };
