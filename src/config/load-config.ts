import { adviceOn } from './advice.ts';
import { buildConfig } from './build.ts';
import { meansReal, realModeProblems } from './completeness.ts';
import type { ConfigProblem, LoadedConfig } from './config.ts';
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
  if (!parsed.success) {
    problems.push(
      ...parsed.error.issues.map((issue) => ({ name: String(issue.path[0]), message: issue.message })),
    );
  }
  if (meansReal(names)) {
    problems.push(...realModeProblems(names));
    if (parsed.success) problems.push(...modeProblems(parsed.data));
  }
  if (!parsed.success || problems.length > 0)
    return { ok: false, problems: inOrder(problems, given), warnings };
  const config = buildConfig(parsed.data, given.has('PORT'));
  return { ok: true, config, warnings: [...warnings, ...adviceOn(config, names)] };
}
