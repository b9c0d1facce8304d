import type { PurchaseRequest } from './state.ts';
import type { ConcurStore } from './store.ts';

/** Makes the purchase orders of an approved request: one for each vendor record that its lines name. */
export function placeOrders(store: ConcurStore, request: PurchaseRequest): void {
  const vendors = new Map(
    request.lines.map(({ vendorCode, vendorAddressCode }) => [
      JSON.stringify([vendorCode, vendorAddressCode]),
      { vendorCode, vendorAddressCode },
    ]),
  );
  for (const vendor of vendors.values()) {
    const number = `PO${store.takeNumber('order')}`;
    store.orders.set(number, {
      ...vendor,
      number,
      requestId: request.id,
      orderedAt: new Date().toISOString(),
    });
    request.orders.push(number);
  }
}
