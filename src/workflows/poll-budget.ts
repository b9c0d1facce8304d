import type { PollResult } from '../contract/poll.ts';

/** Requests to Coupa: below 150 a minute on average, 10 % of what Coupa allows, however often it is woken. */
const perMinute = 148;
/** What a quiet time saves up. */
const mostSaved = 2 * perMinute;
/** One for each query of the quick pass, one for each other pass. */
const leastOfRun = 5;
/** A page and the look at one requisition for each of the two rounds over what goes to SAP Concur. */
const leastOfHandOff = 4;
/** With what the full pass takes as its share, so that the state pass is left something as well. */
const leastOfRunWithHandOff = leastOfRun + leastOfHandOff + 2;

const mostOfQuickPass = 60;
const mostOfFullPass = 44;
const mostOfHandOffPass = 12;
const mostOfStatePass = 100;
/** The state pass needs more requests for a round than the full pass does. */
const shareOfFullPass = 0.3;
const shareOfHandOffPass = 0.25;

/**
 * What a run may spend, and how long it waits until that is enough to begin with. `handsOff`: the run before looked
 * through approved requisitions, too. Pure.
 */
export function budgetOf(
  before: PollResult['budget'],
  now: string,
  handsOff = false,
): { readonly left: number; readonly waitMs: number } {
  if (before === undefined) return { left: mostSaved, waitMs: 0 };
  const elapsedMs = Math.max(0, Date.parse(now) - Date.parse(before.at));
  const left = Math.min(mostSaved, before.left + (elapsedMs / 60_000) * perMinute);
  const least = handsOff ? leastOfRunWithHandOff : leastOfRun;
  if (left >= least) return { left, waitMs: 0 };
  return { left: least, waitMs: Math.ceil(((least - left) / perMinute) * 60_000) };
}

/** The requests of each pass out of what is left for it and those after it. Pure. */
export const requestsOf = {
  quickPass: (left: number) => Math.floor(Math.min(mostOfQuickPass, left - 2)),
  fullPass: (left: number) => Math.min(mostOfFullPass, Math.max(1, Math.ceil(left * shareOfFullPass))),
  handOffPass: (left: number) =>
    Math.floor(
      Math.max(0, Math.min(mostOfHandOffPass, left, Math.max(leastOfHandOff, left * shareOfHandOffPass))),
    ),
  statePass: (left: number) => Math.floor(Math.max(0, Math.min(mostOfStatePass, left))),
} as const;
