import type { PurchaseRequestNews } from '../../../contract/concur-work.ts';
import type { Problem } from '../../../contract/observation.ts';
import type { Beside } from './events.ts';
import { handOffOf } from './hand-off-work.ts';
import type { PurchaseCore } from './state.ts';
import { note } from './timeline.ts';

/** The requester hears of it, if anybody is to. */
export function tellRequester(core: PurchaseCore, news: PurchaseRequestNews): readonly Beside[] {
  const { notify, origin, summary, status, orders, problems } = core;
  if (notify === undefined) return [];
  const requisition = origin.kind === 'handOff' ? { requisitionId: origin.requisitionId } : {};
  const shown = status === undefined ? {} : { status };
  return [{ kind: 'tell', input: { to: notify, news, summary, ...requisition, ...shown, orders, problems } }];
}

/** The requisition gets the comment that names the purchase request, if it came from one. */
export function linkCreated(core: PurchaseCore): readonly Beside[] {
  const { origin, status, concurId } = core;
  if (origin.kind !== 'handOff') return [];
  const named = {
    ...(status?.number === undefined ? {} : { number: status.number }),
    ...(concurId === undefined ? {} : { concurId }),
  };
  return [{ kind: 'link', input: { ...handOffOf(core, origin), about: 'created', ...named } }];
}

/** What it is about, in a line of the story. */
function wordsOf(beside: Beside): string {
  return beside.kind === 'tell' ? `The requester was told: ${beside.input.news}` : 'The requisition names it';
}

/** It was done. A notice that nobody wants is not worth a line. */
export function besideDone(core: PurchaseCore, beside: Beside, answer: string, at: string): PurchaseCore {
  return answer === 'not wanted' ? core : note(core, at, wordsOf(beside));
}

/** It failed for good: a line of the story, and nothing more. */
export function besideFailed(core: PurchaseCore, beside: Beside, problem: Problem, at: string): PurchaseCore {
  const what =
    beside.kind === 'tell'
      ? `The requester could not be told: ${beside.input.news}`
      : 'The requisition could not be told';
  return note(core, at, `${what} (${problem.message})`);
}
