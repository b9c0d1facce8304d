import { sleep } from '@temporalio/workflow';
import { work } from './activities.ts';
import type { Doing, PurchaseEvent } from './core/events.ts';
import { handOffOf } from './core/hand-off-work.ts';
import type { PurchaseCore } from './core/state.ts';
import { dayMs } from './core/waits.ts';

/** Only a start of another shape comes to this: neither a document nor a requisition to make it from. */
const nothingToOrder: PurchaseEvent = {
  kind: 'prepared',
  prepared: { kind: 'notWanted', why: 'it was begun without a document' },
};

/** Does what the core is at, and tells what came of it. Rejects where an activity failed for good. */
export async function outcomeOf(core: PurchaseCore, doing: Doing): Promise<PurchaseEvent> {
  const { id, origin, document, correlationId = '', concurId = '' } = core;
  switch (doing.kind) {
    case 'prepare':
      if (origin.kind !== 'handOff') return nothingToOrder;
      return { kind: 'prepared', prepared: await work.prepareHandOff(handOffOf(core, origin)) };
    case 'begin':
      if (origin.kind !== 'handOff') return nothingToOrder;
      await work.linkRequisition({ ...handOffOf(core, origin), about: 'begun' });
      return { kind: 'begun' };
    case 'check':
      if (document === undefined) return nothingToOrder;
      return { kind: 'checked', result: await work.checkCodes(document) };
    case 'create':
      if (document === undefined) return nothingToOrder;
      return {
        kind: 'created',
        result: await work.createPurchaseRequest({ id, document, correlationId }),
      };
    case 'look':
      return { kind: 'looked', result: await work.readPurchaseRequest(concurId) };
    case 'readOrders':
      return { kind: 'ordersRead', orders: await work.readOrders(doing.numbers) };
  }
}

const reasons: Readonly<Record<Doing['kind'], string>> = {
  prepare: 'Then the requisition is read again',
  begin: 'Then the requisition is told again',
  check: 'Then its codes are checked',
  create: 'Then it is sent to Concur again',
  look: 'Then Concur is looked at again',
  readOrders: 'Then its orders are read',
};

/**
 * Waits until a time (ISO 8601), a day at most: no wait is longer, unless the server's clock was put back. What follows
 * it is for whoever reads Temporal's UI.
 */
export async function waitUntil(until: string, then: Doing): Promise<PurchaseEvent> {
  const waitMs = Math.min(dayMs, Date.parse(until) - Date.now());
  await sleep(Math.max(1, waitMs), { summary: reasons[then.kind] });
  return { kind: 'woken' };
}
