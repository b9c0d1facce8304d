import type { ReadResult } from '../../../contract/concur-work.ts';
import type { Problem } from '../../../contract/observation.ts';
import type {
  AttentionReason,
  PurchaseRequestStatus,
  RequestProblem,
} from '../../../contract/purchase-request.ts';
import { raise, settle } from './attention.ts';
import { linkCreated, tellRequester } from './beside.ts';
import { changesOf, enteredNews, isCreated, isCreateFailed } from './changes.ts';
import { fail } from './end.ts';
import { only, type Beside, type Step } from './events.ts';
import { forgotten, untroubled, type PurchaseCore } from './state.ts';
import { note } from './timeline.ts';
import { troubled } from './trouble.ts';
import {
  dayMs,
  failedLookMs,
  hourMs,
  lookAgainMs,
  mayBeUnknownMs,
  moreOrdersMs,
  namedMayBeUnknownMs,
  sinceMs,
  unreadFollowMs,
  waitFor,
} from './waits.ts';
import { whatOfNotFound, whatOfNotOrdered, whatOfUnread } from './what.ts';

/** Follows a purchase request of Concur for a fresh period: what is known of it already stays known. */
export function follow(core: PurchaseCore, concurId: string, at: string): PurchaseCore {
  const { missed, ...known } = core.concurId === concurId ? core : forgotten(core);
  const followed: PurchaseCore = { ...known, concurId, acceptedAt: at, changedAt: at, problems: [] };
  const phase = followed.seenCreated ? 'created' : 'accepted';
  return { ...followed, phase, task: waitFor(at, lookAgainMs(0), { kind: 'look' }) };
}

/**
 * Follows the one that a human named. Where Concur has answered or shown another one, that one stays in mind: to create
 * it again because the new name was a slip would order it twice (P5).
 */
export function followNamed(
  core: PurchaseCore,
  reason: AttentionReason,
  concurId: string,
  at: string,
): PurchaseCore {
  if (core.concurId === concurId) return follow(core, concurId, at);
  const isAnswered = core.named === undefined && reason !== 'notFound';
  const before = core.status !== undefined || isAnswered ? core.concurId : undefined;
  const knownAs = core.knownAs ?? before;
  return { ...follow(core, concurId, at), named: true, ...(knownAs === undefined ? {} : { knownAs }) };
}

/** Plans the next look. While a human is asked it is enough to look once a day, or once an hour whether it can be read. */
function lookAgain(core: PurchaseCore, at: string, leastMs = 0): PurchaseCore {
  const { attention, changedAt, acceptedAt } = core;
  const usualMs = Math.max(leastMs, lookAgainMs(sinceMs(changedAt, at), sinceMs(acceptedAt, at)));
  const askedMs = attention?.reason === 'access' ? hourMs : dayMs;
  return { ...core, task: waitFor(at, attention === undefined ? usualMs : askedMs, { kind: 'look' }) };
}

/** Asks a human where no order came in time; how long that is may have changed since the last look. */
function judgeTime(core: PurchaseCore, at: string): PurchaseCore {
  const { followForMs = unreadFollowMs, acceptedAt } = core;
  const isLate = sinceMs(acceptedAt, at) >= followForMs;
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

const sameOrders = (before: readonly string[], now: readonly string[]): boolean =>
  before.toSorted().join() === now.toSorted().join();

/**
 * Whether no other purchase order is to be expected. Concur makes one for each vendor, as far as we know, and perhaps
 * one after another: a look between two of them must not end it with the first.
 */
function areAll({ document, ordersAt }: PurchaseCore, numbers: readonly string[], at: string): boolean {
  const vendors = (document?.lineItems ?? []).map((line) =>
    JSON.stringify([line.vendorCode, line.vendorAddressCode]),
  );
  return numbers.length >= new Set(vendors).size || sinceMs(ordersAt, at) >= moreOrdersMs;
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
    const isKnown = next.ordersAt !== undefined && sameOrders(core.status?.orders ?? [], numbers);
    next = settle(isKnown ? next : { ...next, ordersAt: at }, at);
    if (!areAll(next, numbers, at)) return { core: lookAgain(next, at), beside };
    return { core: { ...next, task: { kind: 'readOrders', numbers } }, beside };
  }
  return { core: lookAgain(judgeTime(next, at), at), beside };
}

/** What a look at Concur showed. */
export function looked(core: PurchaseCore, result: ReadResult, at: string): Step {
  // It can be read: whoever was asked because it could not is not needed any more.
  const readable = core.attention?.reason === 'access' ? settle(core, at) : core;
  const seen = { ...untroubled(readable), followForMs: result.followForMs };
  if (result.kind === 'found') return found(seen, result.status, at);
  const missed: PurchaseCore =
    seen.missed === true
      ? seen
      : note({ ...seen, missed: true }, at, `Concur knows no purchase request ${seen.concurId ?? 'unknown'}`);
  // Whether Concur knows an id at once after it gave it out is not documented.
  const graceMs = core.named === true && core.status === undefined ? namedMayBeUnknownMs : mayBeUnknownMs;
  if (sinceMs(core.acceptedAt, at) <= graceMs) return only(lookAgain(missed, at));
  return only(lookAgain(raise(missed, 'notFound', whatOfNotFound(missed), at), at));
}

/**
 * From so many failed looks in a row on a human is asked: `lasting` is a refusal, which the next look meets as well. The
 * others come an hour apart at last, each after many attempts: that is a day.
 */
const failuresBorne = { lasting: 2, passing: 24 };

/** Concur could not be read: that never ends it, the next look may succeed. */
export function lookFailed(
  core: PurchaseCore,
  { problem, lasting }: { readonly problem: Problem; readonly lasting: boolean },
  at: string,
): PurchaseCore {
  const next = troubled(core, problem, at);
  // What a human was asked for otherwise cannot have changed without a look.
  const judged = next.attention === undefined ? judgeTime(next, at) : next;
  const isTooMuch = next.failures > (lasting ? failuresBorne.lasting : failuresBorne.passing);
  const asking =
    judged.attention === undefined && isTooMuch
      ? raise(judged, 'access', whatOfUnread(judged, problem), at)
      : judged;
  return lookAgain(asking, at, failedLookMs(next.failures));
}
