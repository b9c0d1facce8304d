import { setTimeout as sleep } from 'node:timers/promises';
import type { Submitted } from '../drive/coupa.ts';
import { until } from '../../test/support/until.ts';
import type { Bench, Experiment, Outcome } from '../experiment.ts';
import { spreadOf, summarise } from '../measure/summary.ts';
import { countPerWindow, mostWithin } from '../measure/windows.ts';
import { listening } from '../processes/listening.ts';
import type { Started } from '../processes/stack.ts';
import { barChart } from '../report/bars.ts';
import { lineChart } from '../report/lines.ts';
import { withLimits, withoutLimits } from './settings.ts';

const warmUp = 20;
const minuteMs = 60_000;
/** The limit of Moveworks is 120 a minute. */
const allowedPerSecond = 2;

function idsOf(approvals: readonly Submitted[]): number[] {
  return approvals.map(({ approvalId }) => approvalId);
}

/** Milliseconds from the wake-up until each of the approvals had its card. */
async function detect({ coupa, moveworks, api }: Started, count: number): Promise<number[]> {
  const approvals = await coupa.submitMany(count);
  const wokenAtMs = Date.now();
  await api.wakePoll();
  const cards = await moveworks.cardsOf(idsOf(approvals), 240_000);
  return cards.map(({ receivedAtMs }) => receivedAtMs - wokenAtMs).toSorted((a, b) => a - b);
}

/** Cards a second of the guide's own loop, for its first page of approvals: it never reads a second one. */
async function guideRate({ beside, run }: Started): Promise<number> {
  await beside.coupa.submitMany(50);
  const urls = { coupa: beside.coupa.url, moveworks: beside.moveworks.url };
  const guide = await listening(run('./guide.ts', [JSON.stringify(urls)]));
  const beganAtMs = performance.now();
  await fetch(`${guide}/poll`, { method: 'POST' });
  const sent = (await beside.moveworks.requests()).filter(({ status }) => status === 200).length;
  return sent / ((performance.now() - beganAtMs) / 1_000);
}

/** Without limits: every round on a fresh start, so that no round meets what another one left. */
async function liftedRounds(bench: Bench, rounds: number, count: number) {
  const arrivals: number[][] = [];
  const guides: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = await bench.start(withoutLimits);
    await detect(started, warmUp);
    await sleep(3_000);
    arrivals.push(await detect(started, count));
    guides.push(await guideRate(started));
    await started.stop();
    const lastMs = arrivals.at(-1)?.at(-1) ?? Number.NaN;
    bench.say(`round ${round + 1} of ${rounds}: ${count} cards in ${(lastMs / 1_000).toFixed(1)} s`);
  }
  return { arrivals, guides };
}

/** With limits: how much of what Moveworks allows is used, counted by Moveworks itself. */
async function withinLimits(bench: Bench, minutes: number) {
  const started = await bench.start(withLimits);
  const windowMs = bench.quick ? 20_000 : minuteMs;
  const count = Math.ceil((windowMs / 1_000) * minutes * allowedPerSecond) + 60;
  await started.coupa.submitMany(count);
  await started.api.wakePoll();
  const { moveworks } = started;
  const first = await until('the first card', async () => (await moveworks.requests())[0]?.at, 60_000);
  await sleep(first + windowMs * minutes + 1_000 - Date.now());
  const requests = (await moveworks.requests()).filter(({ at }) => at < first + windowMs * minutes);
  const atMs = requests.map(({ at }) => at);
  const windows = countPerWindow(atMs, { startMs: first, windowMs, count: minutes });
  const shareOf = (cards: number) => (cards / ((windowMs / 1_000) * allowedPerSecond)) * 100;
  return {
    cards: requests.length,
    most: mostWithin(atMs, minuteMs),
    refused: requests.filter(({ status }) => status === 429).length,
    share: shareOf(requests.length / minutes),
    shares: windows.map(shareOf),
  };
}

async function run(bench: Bench): Promise<Outcome> {
  const [rounds, count, minutes] = bench.quick ? [1, 40, 2] : [5, 200, 5];
  const { arrivals, guides } = await liftedRounds(bench, rounds, count);
  const rates = arrivals.map((each) => count / ((each.at(-1) ?? Number.NaN) / 1_000));
  const limited = await withinLimits(bench, minutes);
  bench.say(`with limits: ${limited.cards} cards in ${minutes} windows, ${limited.refused} refused`);
  const unit = 'cards/s';
  const rate = summarise(rates).p50;
  const guide = summarise(guides).p50;
  return {
    figures: [
      {
        name: `${count} approvals to ${count} cards, limits lifted`,
        value: rate,
        unit,
        spread: spreadOf(rates),
        target: { atLeast: 20 },
      },
      { name: "the guide's loop in TypeScript, its first 50", value: guide, unit, spread: spreadOf(guides) },
      {
        name: 'share of 2 cards a second, limits on',
        value: limited.share,
        unit: '%',
        digits: 1,
        spread: spreadOf(limited.shares),
        target: { atLeast: 95 },
      },
      { name: 'most requests in any 60 s', value: limited.most, unit: '', target: { atMost: 120 } },
      { name: 'refused with 429', value: limited.refused, unit: '', target: { atMost: 0 } },
    ],
    tables: [],
    charts: [
      barChart({
        name: 'detection',
        title: 'Cards a second, limits lifted',
        unit: 'cards/s',
        bars: [
          { label: "the guide's loop", value: guide, spread: spreadOf(guides), group: 4 },
          { label: 'Countersign', value: rate, spread: spreadOf(rates) },
        ],
        targets: [{ label: 'target', value: 20 }],
      }),
      lineChart({
        name: 'detection-arrivals',
        title: `From the wake-up of the poll to the cards of ${count} approvals`,
        x: 'seconds since the wake-up',
        y: 'cards',
        lines: arrivals.slice(0, 3).map((each, round) => ({
          label: `round ${round + 1}`,
          points: each.map((atMs, index) => [atMs / 1_000, index + 1] as const),
        })),
      }),
    ],
    setting: { ...withoutLimits, rounds, approvals: count, limitedMinutes: minutes },
    samples: { arrivalMs: summarise(arrivals.flat()) },
  };
}

/** How fast approvals become cards. */
export const detection: Experiment = {
  name: 'detection',
  title: 'Detection: approvals until their cards',
  run,
};
