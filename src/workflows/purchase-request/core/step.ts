import { checked, checkFailed } from './check.ts';
import { created, unknownOutcome } from './create.ts';
import { only, type PurchaseEvent, type Step } from './events.ts';
import { looked, lookFailed } from './follow.ts';
import { begun, handOffFailed, prepared } from './hand-off.ts';
import { ordered } from './orders.ts';
import { hearHeld } from './resolve.ts';
import type { PurchaseCore } from './state.ts';

function failed(core: PurchaseCore, event: PurchaseEvent & { kind: 'failed' }, at: string): Step {
  const { task } = core;
  switch (task.kind) {
    case 'prepare':
    case 'begin':
      return only(handOffFailed(core, { kind: task.kind }, event, at));
    case 'check':
      return checkFailed(core, event.problem, at);
    case 'create':
      // A lost worker, a time-out or a bug: whatever it was, the request may be on its way (P5).
      return only(unknownOutcome(core, event.problem, at));
    case 'look':
      return only(lookFailed(core, event, at));
    case 'readOrders':
      return ordered(core, task.numbers, [], at);
    case 'wait':
    case 'rest':
      return only(core);
  }
}

function applied(core: PurchaseCore, event: PurchaseEvent, at: string): Step {
  const { task } = core;
  switch (event.kind) {
    case 'prepared':
      return only(prepared(core, event.prepared, at));
    case 'begun':
      return only(begun(core, at));
    case 'checked':
      return checked(core, event.result, at);
    case 'created':
      return created(core, event.result, at);
    case 'looked':
      return looked(core, event.result, at);
    case 'ordersRead':
      return task.kind === 'readOrders' ? ordered(core, task.numbers, event.orders, at) : only(core);
    case 'failed':
      return failed(core, event, at);
    case 'woken':
      return only(task.kind === 'wait' ? { ...core, task: task.then } : core);
  }
}

/** What came of the present task, and what goes on then. What humans said meanwhile is heard after it. */
export function step(core: PurchaseCore, event: PurchaseEvent, at: string): Step {
  const { core: next, beside } = applied(core, event, at);
  if (next.held.length === 0) return { core: next, beside };
  const heard = hearHeld(next, at);
  return { core: heard.core, beside: [...beside, ...heard.beside] };
}
