import type { ReadResult } from '../../../contract/concur-work.ts';
import type { Problem } from '../../../contract/observation.ts';
import type { PurchaseRequestStatus, RequestProblem } from '../../../contract/purchase-request.ts';
import { raise, settle } from './attention.ts';
import { linkCreated, tellRequester } from './beside.ts';
import { changesOf, enteredNews, isCreated, isCreateFailed } from './changes.ts';
import { fail } from './end.ts';
import { only, type Beside, type Step } from './events.ts';
import { forgotten, untroubled, type PurchaseCore } from './state.ts';
import { note } from './timeline.ts';
import { troubled } from './trouble.ts';
import { dayMs, failedLookMs, lookAgainMs, mayBeUnknownMs, sinceMs, waitFor } from './waits.ts';
import { whatOfNotFound, whatOfNotOrdered } from './what.ts';

/** Follows a purchase request of Concur for a fresh period: what is known of it already stays known. */
export function follow(core: PurchaseCore, concurId: string, at: string): PurchaseCore {
  const known = core.concurId === concurId ? core : forgotten(core);
  const followed: PurchaseCore = { ...known, concurId, acceptedAt: at, changedAt: at, problems: [] };
  const phase = followed.seenCreated ? 'created' : 'accepted';
  return { ...followed, phase, task: waitFor(at, lookAgainMs(0), { kind: 'look' }) };
}

/** Plans the next look. While a human is asked it is enough to look once a day. */
function lookAgain(core: PurchaseCore, at: string, leastMs = 0): PurchaseCore {
  const usualMs = Math.max(leastMs, lookAgainMs(sinceMs(core.changedAt, at)));
  const waitMs = core.attention === undefined ? usualMs : dayMs;
  return { ...core, task: waitFor(at, waitMs, { kind: 'look' }) };
}

/** Asks a human where no order came in time; how long that is may have changed since the last look. */
function judgeTime(core: PurchaseCore, at: string): PurchaseCore {
  const { followForMs, acceptedAt } = core;
  const isLate = followForMs !== undefined && sinceMs(acceptedAt, at) >= followForMs;
  return isLate ? raise(core, 'notOrderedInTime', whatOfNotOrdered(core), at) : settle(core, at);
}

/** Why Concur could not create it: there is no other place that says so than its exceptions. */
function problemsOf({ exceptions }: PurchaseRequestStatus): RequestProblem[] {
  const [first, ...others] = exceptions.map(({ code, message }) => ({
    code: code ?? 'createFailed',
    message: message ?? 'Concur gives no reason',
  }));
  if (first !== undefined) return [first, ...others];
  return [{ code: 'createFailed', message: 'Concur could not create it and gives no reason' }];
}

function found(core: PurchaseCore, status: PurchaseRequestStatus, at: string): Step {
  const changes = changesOf(core.status, status);
  let next: PurchaseCore = { ...core, status, ...(changes.length === 0 ? {} : { changedAt: at }) };
  for (const change of changes) next = note(next, at, change);
  if (isCreateFailed(status)) return fail(next, problemsOf(status), at, 'Concur could not create it');

  const beside: Beside[] = [];
  if (isCreated(status) && !core.seenCreated) {
    next = { ...next, phase: 'created', seenCreated: true };
    beside.push(...tellRequester(next, 'created'), ...linkCreated(next));
  }
  const news = enteredNews(core.status, status);
  if (news !== undefined) beside.push(...tellRequester(next, news));
  if (status.orders.length > 0) {
    const { orders: numbers } = status;
    return { core: { ...settle(next, at), task: { kind: 'readOrders', numbers } }, beside };
  }
  return { core: lookAgain(judgeTime(next, at), at), beside };
}

/** What a look at Concur showed. */
export function looked(core: PurchaseCore, result: ReadResult, at: string): Step {
  const seen = { ...untroubled(core), followForMs: result.followForMs };
  if (result.kind === 'found') return found(seen, result.status, at);
  // Whether Concur knows an id at once after it gave it out is not documented.
  if (sinceMs(core.acceptedAt, at) <= mayBeUnknownMs) return only(lookAgain(seen, at));
  return only(lookAgain(raise(seen, 'notFound', whatOfNotFound(seen), at), at));
}

/** Concur could not be read: that never ends it, the next look may succeed. */
export function lookFailed(core: PurchaseCore, problem: Problem, at: string): PurchaseCore {
  const next = troubled(core, problem, at);
  // What a human was asked for otherwise cannot have changed without a look.
  const judged = next.attention === undefined ? judgeTime(next, at) : next;
  return lookAgain(judged, at, failedLookMs(next.failures));
}
