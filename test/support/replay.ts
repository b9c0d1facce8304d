import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import type { RecordedRun } from './recorded-files.ts';
import { installRuntime } from './runtime.ts';

type Bundle = NonNullable<ReplayWorkerOptions['workflowBundle']>;
type Runs = readonly Pick<RecordedRun, 'name' | 'history'>[];

/** What became of one replayed run; `error` is undefined when the run fits the code. */
interface Replayed {
  readonly name: string;
  readonly error: unknown;
}

async function replayInTurn(workflowBundle: Bundle, runs: Runs): Promise<Replayed[]> {
  const histories = runs.map(({ name, history }) => ({ workflowId: name, history }));
  const replayed: Replayed[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    replayed.push({ name: workflowId, error });
  }
  return replayed;
}

/** Replays runs, each by itself and in two halves at once, against a bundle of workflows. Needs no server. */
export async function replay(workflowBundle: Bundle, runs: Runs): Promise<Replayed[]> {
  installRuntime();
  const half = Math.ceil(runs.length / 2);
  const halves = [runs.slice(0, half), runs.slice(half)].filter(({ length }) => length > 0);
  return (await Promise.all(halves.map((each) => replayInTurn(workflowBundle, each)))).flat();
}
