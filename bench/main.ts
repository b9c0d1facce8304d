import { join, relative } from 'node:path';
import { stopSignal } from '../src/cli/stop-signal.ts';
import type { Bench, Experiment } from './experiment.ts';
import { callback } from './experiments/callback.ts';
import { cost } from './experiments/cost.ts';
import { detection } from './experiments/detection.ts';
import { floor } from './experiments/floor.ts';
import { memory } from './experiments/memory.ts';
import { poll } from './experiments/poll.ts';
import { readOptions, usage, type Options } from './options.ts';
import { removeAbandoned } from './processes/folder.ts';
import { startStack, type Started } from './processes/stack.ts';
import { figureTable } from './report/figures.ts';
import { describeMachine } from './report/machine.ts';
import { plainTable } from './report/tables.ts';
import { placesOf, writePage, writeResults, type Measured } from './report/write.ts';

const experiments: readonly Experiment[] = [callback, detection, cost, floor, memory, poll];

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs one experiment and stops whatever it has started, also when it fails or is interrupted. */
async function measure(experiment: Experiment, options: Options, signal: AbortSignal): Promise<Measured> {
  const starts: Promise<Started>[] = [];
  const beganAtMs = performance.now();
  const bench: Bench = {
    quick: options.quick,
    waiting: options.waiting,
    sizes: options.sizes,
    signal,
    say: (line) => {
      print(`  ${((performance.now() - beganAtMs) / 1_000).toFixed(0).padStart(4)} s  ${line}`);
    },
    start(settings) {
      signal.throwIfAborted();
      const started = startStack(settings);
      starts.push(started);
      return started;
    },
  };
  const interrupted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('Interrupted.'));
    });
  });
  try {
    const outcome = await Promise.race([experiment.run(bench), interrupted]);
    return { experiment, outcome, tookMs: performance.now() - beganAtMs };
  } finally {
    for (const started of await Promise.allSettled(starts)) {
      if (started.status === 'fulfilled') await started.value.stop();
    }
  }
}

async function run(options: Options, signal: AbortSignal): Promise<void> {
  await removeAbandoned();
  const startedAt = new Date();
  const machine = await describeMachine();
  const places = placesOf(startedAt, options.quick);
  print(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}, ${machine.temporalServer}`,
  );
  print(
    `Load before the run: ${machine.loadBefore}${machine.loadBefore > 0.5 ? ' (somebody else is at work)' : ''}`,
  );
  const measured: Measured[] = [];
  const written = new Set<string>();
  for (const name of options.only) {
    const experiment = experiments.find((each) => each.name === name);
    if (experiment === undefined) continue;
    print(`\n${experiment.name}: ${experiment.title}`);
    const one = await measure(experiment, options, signal);
    print(plainTable(figureTable(experiment.title, one.outcome.figures)));
    for (const table of one.outcome.tables) print(plainTable(table));
    // After each one, so that a run that is interrupted keeps what it has.
    const about = { startedAt, quick: options.quick, machine };
    const { ownFile } = experiment;
    if (ownFile !== undefined) {
      const resultFile = join(places.ownFiles, ownFile);
      await writeResults(resultFile, { ...about, measured: [one] });
      written.add(resultFile);
      continue;
    }
    measured.push(one);
    await writeResults(places.resultFile, { ...about, measured });
    await writePage(places, { startedAt, machine, measured: one });
    written.add(places.resultFile).add(places.page);
  }
  print(`\nWritten: ${[...written].map((file) => relative(process.cwd(), file)).join(', ')}`);
}

async function main(): Promise<number> {
  const options = readOptions(
    process.argv.slice(2),
    experiments.map(({ name }) => name),
  );
  if (options.help) {
    print(usage);
    return 0;
  }
  const interrupt = new AbortController();
  // Whatever still runs ends by itself when the bench is gone.
  const stop = stopSignal(() => process.exit(130));
  void stop.stopped.then(() => {
    print('Stopping ...');
    interrupt.abort();
  });
  try {
    await run(options, interrupt.signal);
    return 0;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    return 130;
  } finally {
    stop.release();
  }
}

process.exit(
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }),
);
