import type { ConcurClient } from '../../connectors/concur/types.ts';
import { TerminalError } from '../../connectors/http/errors.ts';
import type { PurchaseOrder } from '../../contract/purchase-request.ts';
import { each } from '../poll/each.ts';
import { isMissingRight } from './missing-right.ts';

const atOnce = 4;

/**
 * The purchase orders of these numbers, in their order. The number alone where Concur does not know it, or does not let
 * it be read (scope `INVPO`). Throws the client's `RetryableError`s, and the signal's reason.
 */
export async function readOrders(
  concur: ConcurClient,
  numbers: readonly string[],
  signal: AbortSignal,
): Promise<PurchaseOrder[]> {
  const read = new Map<string, PurchaseOrder>();
  // Each refusal costs a renewal of the token: one is enough to know that the right is missing.
  let mayRead = true;
  await each([...new Set(numbers)], { atOnce, signal }, async (number) => {
    if (!mayRead) return;
    try {
      read.set(number, await readOrder(concur, number, signal));
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
      if (isMissingRight(error)) mayRead = false;
    }
  });
  return numbers.map((number) => read.get(number) ?? { number });
}

async function readOrder(concur: ConcurClient, number: string, signal: AbortSignal): Promise<PurchaseOrder> {
  const { status, orderDate, vendorCode } = (await concur.getPurchaseOrder(number, { signal })) ?? {};
  return {
    number,
    ...(status !== undefined && { status }),
    ...(orderDate !== undefined && { orderedOn: orderDate }),
    ...(vendorCode !== undefined && { vendorCode }),
  };
}
