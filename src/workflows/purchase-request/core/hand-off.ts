import { handedOverBeforeType, type Prepared } from '../../../contract/concur-work.ts';
import type { Problem } from '../../../contract/observation.ts';
import { summaryOf } from '../../../contract/purchase-request.ts';
import { raise, settle } from './attention.ts';
import { end } from './end.ts';
import type { Doing } from './events.ts';
import { untroubled, type PurchaseCore } from './state.ts';
import { note } from './timeline.ts';
import { troubled } from './trouble.ts';
import { hourMs, retryMs, waitFor } from './waits.ts';
import { whatOfAccess, whatOfEarlier, whatOfIncomplete } from './what.ts';

/**
 * Coupa could be read: whatever kept it from that is over. What Concur refuses is not, and whoever was asked for that
 * stays asked.
 */
function freedOf(core: PurchaseCore, at: string): PurchaseCore {
  return core.accessRefusals > 0 ? core : settle(untroubled(core), at);
}

/** What became of making a purchase request from the requisition. */
export function prepared(core: PurchaseCore, result: Prepared, at: string): PurchaseCore {
  const freed = freedOf(core, at);
  switch (result.kind) {
    case 'ready': {
      const { document, notify } = result;
      const made = {
        ...freed,
        document,
        ...(notify === undefined ? {} : { notify }),
        summary: summaryOf(document),
        problems: [],
        preparedAt: at,
        task: { kind: 'begin' },
      } as const;
      return note(made, at, 'Made from the requisition');
    }
    case 'incomplete': {
      const { problems } = result;
      const resting: PurchaseCore = { ...freed, problems, task: { kind: 'rest' } };
      return raise(resting, 'incomplete', whatOfIncomplete(resting, problems.length), at);
    }
    case 'handedOverBefore': {
      const resting: PurchaseCore = { ...freed, notes: result.notes, task: { kind: 'rest' } };
      return raise(resting, 'handedOverBefore', whatOfEarlier(freed), at);
    }
    case 'notWanted':
      return { ...end(freed, 'abandoned', at, `Not wanted any more: ${result.why}`), notWanted: true };
  }
}

/** The requisition says that it was handed over: only now anything may be created, or it could be ordered twice. */
export function begun(core: PurchaseCore, at: string): PurchaseCore {
  return note(
    { ...freedOf(core, at), begun: true, task: { kind: 'check' } },
    at,
    'The requisition says that it is handed over',
  );
}

/** Coupa could not be asked, or told: it is tried again for as long as it takes. */
export function handOffFailed(
  core: PurchaseCore,
  doing: Doing,
  { problem, lasting }: { readonly problem: Problem; readonly lasting: boolean },
  at: string,
): PurchaseCore {
  const next = troubled(core, problem, at);
  // Another hand-over was first: what it left on the requisition tells what to do now.
  if (problem.type === handedOverBeforeType) {
    return { ...settle(next, at), task: waitFor(at, retryMs(next.failures), { kind: 'prepare' }) };
  }
  if (!lasting) return { ...settle(next, at), task: waitFor(at, retryMs(next.failures), doing) };
  return { ...raise(next, 'access', whatOfAccess(next, problem), at), task: waitFor(at, hourMs, doing) };
}
