import type { PurchaseRequestState, RequestProblem } from '../../../contract/purchase-request.ts';
import type { closedPurchaseRequestStates } from '../../../contract/purchase-request.ts';
import { dropped } from './attention.ts';
import type { Step } from './events.ts';
import { tellRequester } from './beside.ts';
import { untroubled, type PurchaseCore } from './state.ts';
import { note } from './timeline.ts';

type ClosedState = Extract<PurchaseRequestState, (typeof closedPurchaseRequestStates)[number]>;

/** It has come to its end. */
export function end(core: PurchaseCore, phase: ClosedState, at: string, text: string): PurchaseCore {
  return note({ ...untroubled(dropped(core)), phase, task: { kind: 'rest' } }, at, text);
}

/** Concur does not have it and will not: the requester hears why. */
export function fail(
  core: PurchaseCore,
  problems: readonly RequestProblem[],
  at: string,
  text: string,
): Step {
  const failed = end({ ...core, problems }, 'failed', at, text);
  return { core: failed, beside: tellRequester(failed, 'failed') };
}
