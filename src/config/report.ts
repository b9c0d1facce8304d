import type { ConfigProblem } from './config.ts';

/** The text that a failed start prints: one line a problem, the name and what its value should look like. */
export function formatProblems(problems: readonly ConfigProblem[]): string {
  const width = Math.max(0, ...problems.map(({ name }) => name.length));
  const count = problems.length === 1 ? 'one setting needs' : `${problems.length} settings need`;
  return [
    `Countersign cannot start: ${count} attention.`,
    ...problems.map(({ name, message }) => `  ${name.padEnd(width)}  ${message}`),
    'Settings come from the environment and from .env; .env.example explains each one.',
  ].join('\n');
}
