import type { AttentionReason } from '../../../contract/purchase-request.ts';
import type { PurchaseCore } from './state.ts';
import { note } from './timeline.ts';

/** A human is needed. One who is asked for the same reason already is not asked again. */
export function raise(core: PurchaseCore, reason: AttentionReason, what: string, at: string): PurchaseCore {
  if (core.attention?.reason === reason) return core;
  const n = core.attentions + 1;
  const asked = { ...core, attentions: n, attention: { n, reason, since: at, what } };
  return note(asked, at, `A human is needed (${n}): ${reason}`);
}

/** Nobody is asked any more. */
export function dropped(core: PurchaseCore): PurchaseCore {
  const { attention, ...rest } = core;
  return rest;
}

/** It goes on by itself: the human who was asked is not needed any more. */
export function settle(core: PurchaseCore, at: string): PurchaseCore {
  if (core.attention === undefined) return core;
  return note(dropped(core), at, `No human is needed any more (${core.attention.n})`);
}
