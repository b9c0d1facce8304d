import type { PurchaseOrder } from '../../../contract/purchase-request.ts';
import { tellRequester } from './beside.ts';
import { end } from './end.ts';
import type { Step } from './events.ts';
import type { PurchaseCore } from './state.ts';

/** The purchase orders that came of it: the end. One that could not be read is shown by its number. */
export function ordered(
  core: PurchaseCore,
  numbers: readonly string[],
  read: readonly PurchaseOrder[],
  at: string,
): Step {
  const orders = numbers.map((number) => read.find((order) => order.number === number) ?? { number });
  const closed = end({ ...core, orders }, 'ordered', at, `Ordered: ${numbers.join(', ')}`);
  return { core: closed, beside: tellRequester(closed, 'ordered') };
}
