import { decisionsOff } from '../config/mode-words.ts';
import type { ApiDeps } from './deps.ts';
import { ProblemError } from './problem-error.ts';

/** Throws 409 where decisions are off, before anything is handed over. */
export function requireDeciding({ mode }: Pick<ApiDeps, 'mode'>): void {
  const words = decisionsOff(mode);
  if (words !== undefined) throw new ProblemError('not-accepting', words);
}

/** Throws 409 where nothing is sent to anybody. */
export function requireSending({ mode }: Pick<ApiDeps, 'mode'>): void {
  if (mode !== 'shadow') return;
  throw new ProblemError('not-accepting', 'Nothing is sent from here (MODE=shadow).');
}
