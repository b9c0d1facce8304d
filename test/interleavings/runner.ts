import fc from 'fast-check';
import { createGate } from './gate.ts';
import { make } from './moves.ts';
import { startPlay, type Stage } from './play.ts';
import { anySequence, type Sequence } from './sequence.ts';
import { clear, settle } from './settle.ts';

export interface Runs {
  readonly count: number;
  /** Sequence number i is made from `seed` + i, whatever the others are. */
  readonly seed: number;
  /** Sequences that make moves at the same time. */
  readonly lanes: number;
  /** Sequences under way at the same time, those that wait for the end included. */
  readonly mostOpen: number;
  /** After how many sequences all workers are restarted. */
  readonly restartEvery: number;
}

/** Sequences played to make a failing one smaller: each takes seconds, a failing one minutes. */
const shrinksTried = 20;
const shrinkWithinMs = 300_000;
const failuresWanted = 3;

/** What was broken, by which sequence, and how to play it again. */
function reportOf(
  seed: number,
  { counterexample, numShrinks, errorInstance }: fc.RunDetails<[Sequence]>,
): string {
  return [
    `INTERLEAVINGS=1 INTERLEAVINGS_SEED=${seed} plays this sequence again; shrunk ${numShrinks} times here:`,
    JSON.stringify(counterexample?.[0]),
    errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
  ].join('\n');
}

/** Plays sequences against one stack and gives a report of each that broke a promise. */
export async function runSequences(stage: Stage, runs: Runs): Promise<string[]> {
  const lanes = createGate(runs.lanes);
  const open = createGate(runs.mostOpen);
  const failures: string[] = [];
  let finished = 0;
  let restarting: Promise<void> = Promise.resolve();

  async function playOnce(sequence: Sequence): Promise<string[]> {
    const play = await lanes.through(async () => {
      const started = await startPlay(stage, sequence);
      for (const move of sequence.moves) await make(started, move);
      return started;
    });
    const broken = await settle(play);
    if (broken.length === 0) await clear(play);
    return broken;
  }

  async function check(seed: number): Promise<void> {
    let shrinks = 0;
    let failedAtMs: number | undefined;
    const property = fc.asyncProperty(anySequence, async (sequence) => {
      if (failedAtMs !== undefined && (shrinks += 1) > shrinksTried) return;
      if (performance.now() > (failedAtMs ?? Infinity) + shrinkWithinMs) return;
      const broken = await playOnce(sequence).catch((error: unknown) => [String(error)]);
      if (broken.length > 0) failedAtMs ??= performance.now();
      if (broken.length > 0) throw new Error(broken.join('\n'));
    });
    const result = await fc.check(property, { seed, numRuns: 1, unbiased: true });
    if (result.failed) failures.push(reportOf(seed, result));
  }

  async function restartNowAndThen(): Promise<void> {
    finished += 1;
    if (finished % runs.restartEvery !== 0) return;
    restarting = restarting.then(async () => {
      stage.restarts += 1;
      await stage.stack.restartWorkers(finished % 2_000);
    });
    await restarting;
  }

  const seeds = Array.from({ length: runs.count }, (_, index) => runs.seed + index);
  await Promise.all(
    seeds.map((seed) =>
      open.through(async () => {
        if (failures.length >= failuresWanted) return;
        await check(seed);
        await restartNowAndThen();
      }),
    ),
  );
  await restarting;
  return failures;
}
