import type { Problem } from '../../../contract/observation.ts';
import type { PurchaseCore } from './state.ts';
import { note } from './timeline.ts';

/** It does not go on for now. The same trouble again is no news. */
export function troubled(core: PurchaseCore, trouble: Problem, at: string): PurchaseCore {
  const next = { ...core, trouble, failures: core.failures + 1 };
  const isKnown = core.trouble?.type === trouble.type && core.trouble.message === trouble.message;
  return isKnown ? next : note(next, at, `Does not go on for now: ${trouble.message}`);
}
