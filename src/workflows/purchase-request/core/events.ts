import type {
  CheckResult,
  CreateResult,
  LinkInput,
  Prepared,
  ReadResult,
  TellPurchaseRequesterInput,
} from '../../../contract/concur-work.ts';
import type { Problem } from '../../../contract/observation.ts';
import type { PurchaseOrder } from '../../../contract/purchase-request.ts';
import type { PurchaseCore } from './state.ts';

/** One thing that is done at a time. */
export type Doing =
  | { readonly kind: 'prepare' }
  /** Leave the comment on the requisition that it was handed over: before anything is created. */
  | { readonly kind: 'begin' }
  | { readonly kind: 'check' }
  | { readonly kind: 'create' }
  | { readonly kind: 'look' }
  | { readonly kind: 'readOrders'; readonly numbers: readonly string[] };

/** What goes on now. A new object for each step, so that what comes of an earlier one is told apart. */
export type Task =
  | Doing
  /** `until` is ISO 8601, UTC. */
  | { readonly kind: 'wait'; readonly until: string; readonly then: Doing }
  /** Only a human goes on. */
  | { readonly kind: 'rest' };

/** Whatever may come of a task. What humans say comes in by `hear`. */
export type PurchaseEvent =
  | { readonly kind: 'prepared'; readonly prepared: Prepared }
  | { readonly kind: 'begun' }
  | { readonly kind: 'checked'; readonly result: CheckResult }
  | { readonly kind: 'created'; readonly result: CreateResult }
  | { readonly kind: 'looked'; readonly result: ReadResult }
  | { readonly kind: 'ordersRead'; readonly orders: readonly PurchaseOrder[] }
  /** `lasting`: the same call cannot succeed until somebody changes something. */
  | { readonly kind: 'failed'; readonly problem: Problem; readonly lasting: boolean }
  | { readonly kind: 'woken' };

/** What is done beside the way, and never waited for by it. */
export type Beside =
  | { readonly kind: 'tell'; readonly input: TellPurchaseRequesterInput }
  | { readonly kind: 'link'; readonly input: LinkInput };

export interface Step {
  readonly core: PurchaseCore;
  readonly beside: readonly Beside[];
}

/** A step that does nothing beside. */
export function only(core: PurchaseCore): Step {
  return { core, beside: [] };
}
