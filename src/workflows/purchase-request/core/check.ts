import type { CheckResult } from '../../../contract/concur-work.ts';
import type { Problem } from '../../../contract/observation.ts';
import { fail } from './end.ts';
import { only, type Step } from './events.ts';
import type { PurchaseCore } from './state.ts';
import { note } from './timeline.ts';

/** The codes were looked up in Concur. All that is wrong is told at once. */
export function checked(
  core: PurchaseCore,
  { problems, notChecked, summary }: CheckResult,
  at: string,
): Step {
  const seen = { ...core, summary };
  const told = notChecked.length === 0 ? seen : note(seen, at, `Not checked: ${notChecked.join('; ')}`);
  if (problems.length === 0) return only({ ...told, phase: 'creating', task: { kind: 'create' } });
  return fail(told, problems, at, `Not sent to Concur: ${problems.length} of its codes are not known there`);
}

/** Nothing could be looked up: it goes on, since Concur checks the vendor itself. */
export function checkFailed(core: PurchaseCore, problem: Problem, at: string): Step {
  const told = note(core, at, `Its codes could not be checked, it goes on without: ${problem.message}`);
  return only({ ...told, phase: 'creating', task: { kind: 'create' } });
}
