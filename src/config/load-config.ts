import type { z } from 'zod';
import type { Mode } from '../contract/mode.ts';
import { adviceOn } from './advice.ts';
import { buildConfig, concurOf } from './build.ts';
import { concurProblems, meansReal, realModeProblems } from './completeness.ts';
import type { ConcurConfig, ConfigProblem, LoadedConfig } from './config.ts';
import { type Environment, gather, type Given } from './gather.ts';
import { modeProblems } from './mode-problems.ts';
import { nearMisses } from './near-miss.ts';
import { schema } from './schema.ts';
import { variableEntries, type VariableName } from './variables.ts';

function withDefaults(given: ReadonlyMap<VariableName, Given>): Record<string, string | undefined> {
  return Object.fromEntries(
    variableEntries.map(([name, { default: fallback }]) => [name, given.get(name)?.text ?? fallback]),
  );
}

function issuesOf({ issues }: z.ZodError): ConfigProblem[] {
  return issues.map(({ path, message }) => ({ name: String(path[0]), message }));
}

/** In the table's order, and under the names that were written. */
function inOrder(
  problems: readonly ConfigProblem[],
  given: ReadonlyMap<VariableName, Given>,
): ConfigProblem[] {
  return variableEntries.flatMap(([name]) =>
    problems
      .filter((problem) => problem.name === name)
      .map(({ message }) => ({ name: given.get(name)?.writtenAs ?? name, message })),
  );
}

/**
 * Reads the whole configuration from an environment. Pure: reads nothing else, and never throws.
 *
 * @returns the configuration, or every problem at once; no problem and no warning holds a value (P9)
 */
export function loadConfig(env: Environment): LoadedConfig {
  const { given, problems } = gather(env);
  const names = new Set(given.keys());
  const warnings = nearMisses(env);
  const parsed = schema.safeParse(withDefaults(given));
  if (!parsed.success) problems.push(...issuesOf(parsed.error));
  if (meansReal(names)) {
    problems.push(...realModeProblems(names));
    if (parsed.success) problems.push(...modeProblems(parsed.data));
  }
  if (!parsed.success || problems.length > 0)
    return { ok: false, problems: inOrder(problems, given), warnings };
  const config = buildConfig(parsed.data, given.has('PORT'));
  return { ok: true, config, warnings: [...warnings, ...adviceOn(config, names)] };
}

/** What the commands for SAP Concur alone need. `concur` is undefined where none of its names is given. */
export type LoadedConcur =
  | {
      readonly ok: true;
      readonly concur: ConcurConfig | undefined;
      readonly home: string;
      readonly mode: Mode;
      readonly warnings: string[];
    }
  | { readonly ok: false; readonly problems: ConfigProblem[]; readonly warnings: string[] };

/** Reads the part of the configuration that is about SAP Concur: its set-up comes before Coupa's and Moveworks'. */
export function loadConcurConfig(env: Environment): LoadedConcur {
  const { given, problems } = gather(env);
  const warnings = nearMisses(env);
  const parsed = schema.safeParse(withDefaults(given));
  if (!parsed.success) problems.push(...issuesOf(parsed.error));
  problems.push(...concurProblems(new Set(given.keys())));
  if (!parsed.success || problems.length > 0)
    return { ok: false, problems: inOrder(problems, given), warnings };
  const { COUNTERSIGN_HOME: home, MODE: mode } = parsed.data;
  return { ok: true, concur: concurOf(parsed.data), home, mode, warnings };
}
