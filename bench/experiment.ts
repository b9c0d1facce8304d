import type { Chart } from './report/chart.ts';
import type { Summary } from './measure/summary.ts';
import type { Started } from './processes/stack.ts';
import type { SandboxSettings } from './processes/sandbox-settings.ts';

/** One number that an experiment is about, and what it is held against. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `ms`, `cards/s`, ...; a number without a unit is a count or a ratio. */
  readonly unit: string;
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
  /** The same figure of each block or run, smallest and largest: what a second run may differ by. */
  readonly spread?: readonly [number, number];
  /** Decimal places in print. */
  readonly digits?: number;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What an experiment measured. */
export interface Outcome {
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  readonly charts: readonly Chart[];
  /** What was measured in one go, and with which settings, for whoever wants to measure it again. */
  readonly setting: Readonly<Record<string, string | number | boolean>>;
  readonly samples: Readonly<Record<string, Summary>>;
}

/** What an experiment has at hand. */
export interface Bench {
  /** Few samples, to see that everything works; the figures say nothing. */
  readonly quick: boolean;
  /** How many approvals wait in the memory experiment. */
  readonly waiting: number;
  /** How many rows are pending, one size after the other, in the poll experiment. */
  readonly sizes: readonly number[];
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  say(line: string): void;
  /** Starts sandbox and service afresh; the runner stops whatever an experiment leaves. */
  start(settings: SandboxSettings & ServiceSettings): Promise<Started>;
}

/** The rates that the service keeps by itself; `npm start` has 20 a second and 120 a minute in its demo. */
export interface ServiceSettings {
  readonly coupaPerSecond: number;
  readonly moveworksPerMinute: number;
  readonly pollInterval: string;
}

export interface Experiment {
  readonly name: string;
  readonly title: string;
  /** The name of its own file of results; absent: it is part of the run's file and of the page. */
  readonly ownFile?: string;
  run(bench: Bench): Promise<Outcome>;
}
