import type { CreateResult } from '../../../contract/concur-work.ts';
import type { Problem } from '../../../contract/observation.ts';
import { raise, settle } from './attention.ts';
import { fail } from './end.ts';
import { only, type Step, type Task } from './events.ts';
import { follow } from './follow.ts';
import { untroubled, type PurchaseCore } from './state.ts';
import { note } from './timeline.ts';
import { troubled } from './trouble.ts';
import { hourMs, refusedRetryMs, retryMs, sinceMs, staleMs, waitFor } from './waits.ts';
import { counted, whatOfAccess, whatOfUnknown } from './what.ts';

/** From so many refusals of the credential in a row on a human is asked: a first one may pass by itself. */
const refusalsBorne = 2;

/** One try is about to be made: its name at SAP is kept before anything is sent, since the answer may be lost (P5). */
export function sending(core: PurchaseCore, correlationId: string, at: string): PurchaseCore {
  return note({ ...core, correlationId, sentAt: at }, at, `Sent to Concur, correlation id ${correlationId}`);
}

/**
 * The next try. A requisition that was read long ago is read again before it: it may be withdrawn by now, or ordered by
 * Coupa itself.
 */
function tryAgain({ origin, preparedAt }: PurchaseCore, at: string, waitMs: number): Task {
  const isStale = origin.kind === 'handOff' && sinceMs(preparedAt, at) + waitMs > staleMs;
  return waitFor(at, waitMs, { kind: isStale ? 'prepare' : 'create' });
}

function refused(core: PurchaseCore, result: CreateResult & { kind: 'refused' }, at: string): Step {
  const freed = settle({ ...untroubled(core), accessRefusals: 0 }, at);
  if (result.problems.length > 0) {
    return fail(
      freed,
      result.problems,
      at,
      `Concur refused it: ${counted(result.problems.length, 'problem')}`,
    );
  }
  const bareRefusals = core.bareRefusals + 1;
  const waitMs = refusedRetryMs(bareRefusals);
  const message = 'Concur refused it without saying why';
  if (waitMs === undefined) return fail(freed, [{ code: 'refused', message }], at, message);
  // SAP: HTTP 400 can also mean too many requests, or a deadlock: send it again shortly.
  const next = troubled({ ...freed, bareRefusals }, { type: 'refused', message }, at);
  return only({ ...next, task: tryAgain(next, at, waitMs) });
}

function notCreated(core: PurchaseCore, result: CreateResult & { kind: 'notCreated' }, at: string): Step {
  const { access, trouble, retryAfterMs } = result;
  const accessRefusals = access ? core.accessRefusals + 1 : 0;
  const next = { ...troubled(core, trouble, at), accessRefusals };
  if (accessRefusals > refusalsBorne) {
    const asking = raise(next, 'access', whatOfAccess(next, trouble), at);
    return only({ ...asking, task: tryAgain(asking, at, hourMs) });
  }
  const waitMs = retryMs(next.failures, retryAfterMs);
  return only({ ...settle(next, at), task: tryAgain(next, at, waitMs) });
}

/** What every write of unknown outcome is told with. Concur has nothing to read it by: a human looks instead. */
const readFirst = /[;,]? read before repeating/;

/** P5: Concur may have created it, so nothing is repeated until a human has looked. */
export function unknownOutcome(core: PurchaseCore, problem: Problem, at: string): PurchaseCore {
  const trouble = { ...problem, message: problem.message.replace(readFirst, '') };
  const next: PurchaseCore = {
    ...untroubled(core),
    trouble,
    accessRefusals: 0,
    bareRefusals: 0,
    task: { kind: 'rest' },
  };
  return raise(next, 'unknownOutcome', whatOfUnknown(next, trouble), at);
}

/** What became of one try to create it. */
export function created(core: PurchaseCore, result: CreateResult, at: string): Step {
  switch (result.kind) {
    case 'accepted': {
      const freed = settle({ ...untroubled(core), accessRefusals: 0, bareRefusals: 0 }, at);
      return only(note(follow(freed, result.concurId, at), at, `Concur accepted it as ${result.concurId}`));
    }
    case 'refused':
      return refused(core, result, at);
    case 'notCreated':
      return notCreated(core, result, at);
    case 'unknown':
      return only(unknownOutcome(core, result.trouble, at));
  }
}
