import type { Secret } from '../../contract/secret.ts';

/** Whom a sub-command talks to: a terminal, a script that feeds it, or a test. */
export interface Talk {
  /** The result, to stdout: with `--json` the one document and nothing else. */
  out(text: string): void;
  /** Whatever else is to be said, to stderr. */
  readonly say: (text: string) => void;
  /** A line that the next one replaces; only where somebody watches. An empty one clears it. */
  progress(text: string): void;
  /** Whether a human can be asked. */
  readonly interactive: boolean;
  /** One line of the answer. Throws `Interrupted`, or a `CommandError` when the input ends. */
  ask(question: string): Promise<string>;
  /** As `ask`, without an echo. */
  askHidden(question: string): Promise<Secret>;
}

/** Somebody pressed Ctrl-C: nothing is wrong, and nothing is left to say. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Yes to a question that has `[y/N]` at its end: whatever is not plainly a yes is a no. */
export async function confirm(talk: Talk, question: string): Promise<boolean> {
  return /^\s*y(es)?\s*$/i.test(await talk.ask(`${question} [y/N] `));
}
