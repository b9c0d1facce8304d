import type { ConfigProblem } from './config.ts';
import { variableEntries, type VariableName } from './variables.ts';

/** The environment as the process has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that was given: its cleaned text, and the name under which it stands. */
export interface Given {
  readonly text: string;
  readonly writtenAs: string;
}

/**
 * Takes off blanks around a value, then one pair of quotes: `docker run --env-file` passes quotes on as written.
 * An empty value counts as absent, since `NAME=` is how people switch a line off.
 */
function clean(value: string | undefined): string | undefined {
  const trimmed = value?.trim() ?? '';
  const unquoted = /^(["'])(.*)\1$/s.exec(trimmed)?.[2]?.trim() ?? trimmed;
  return unquoted === '' ? undefined : unquoted;
}

function own(env: Environment, name: string | undefined): string | undefined {
  return name !== undefined && Object.hasOwn(env, name) ? clean(env[name]) : undefined;
}

/** Picks our variables out of the environment; the guide's names stand in for ours where ours are absent. */
export function gather(env: Environment): { given: Map<VariableName, Given>; problems: ConfigProblem[] } {
  const given = new Map<VariableName, Given>();
  const problems: ConfigProblem[] = [];
  for (const [name, { alias }] of variableEntries) {
    const ours = own(env, name);
    const guides = own(env, alias);
    if (ours !== undefined && guides !== undefined && ours !== guides) {
      problems.push({ name, message: `has another value than ${alias ?? ''}; keep one of the two` });
    }
    if (ours !== undefined) given.set(name, { text: ours, writtenAs: name });
    else if (guides !== undefined) given.set(name, { text: guides, writtenAs: alias ?? name });
  }
  return { given, problems };
}
