import type { PurchaseRequestDocument } from '../../../contract/purchase-request-document.ts';
import type { PurchaseRequestStatus } from '../../../contract/purchase-request.ts';
import type { PurchaseEvent, Step } from './events.ts';
import { initialCore, type PurchaseCore } from './state.ts';
import { step } from './step.ts';

const begin = Date.UTC(2026, 10, 2, 10, 0, 0);

/** So many minutes after the beginning, ISO 8601. */
export const minute = (minutes: number): string => new Date(begin + minutes * 60_000).toISOString();

export const document: PurchaseRequestDocument = {
  userLoginId: 'dana@example.test',
  currencyCode: 'USD',
  description: 'Lab restock',
  lineItems: [
    {
      purchaseType: 'GOODS',
      vendorCode: 'V-1',
      vendorAddressCode: 'V-1-A',
      description: 'Gloves',
      quantity: '2',
      unitPrice: '1.25',
    },
  ],
};

const run = { claim: 'run-1', startedAt: minute(0) };

/** An order of the API as it is at its beginning, with some of it changed. */
export function order(changed: Partial<PurchaseCore> = {}): PurchaseCore {
  const input = {
    id: 'x1',
    origin: { kind: 'api', caller: 'erp' },
    document,
    notify: 'd@example.test',
  } as const;
  return { ...initialCore(input, run), ...changed };
}

/** A hand-off at its beginning. */
export function handOver(changed: Partial<PurchaseCore> = {}): PurchaseCore {
  const origin = { kind: 'handOff', requisitionId: 2041 } as const;
  return { ...initialCore({ id: 'coupa-2041', origin }, run), ...changed };
}

/** One whose create is under way. */
export function creating(changed: Partial<PurchaseCore> = {}): PurchaseCore {
  return order({
    phase: 'creating',
    task: { kind: 'create' },
    correlationId: 'k-1',
    sentAt: minute(0),
    ...changed,
  });
}

/** One that Concur accepted at the beginning, while it is looked at. */
export function followed(changed: Partial<PurchaseCore> = {}): PurchaseCore {
  return order({
    phase: 'accepted',
    task: { kind: 'look' },
    concurId: 'c-1',
    acceptedAt: minute(0),
    changedAt: minute(0),
    ...changed,
  });
}

/** What a look finds; it is followed for ten hours. */
export function finds(status: Partial<PurchaseRequestStatus>): PurchaseEvent {
  return {
    kind: 'looked',
    result: { kind: 'found', followForMs: 600 * 60_000, status: { exceptions: [], orders: [], ...status } },
  };
}

export const findsNothing: PurchaseEvent = {
  kind: 'looked',
  result: { kind: 'notFound', followForMs: 600 * 60_000 },
};

export const fails = (message: string, lasting = false, type = 'RetryableError'): PurchaseEvent => ({
  kind: 'failed',
  problem: { type, message },
  lasting,
});

/** The same event again and again, a minute apart, each after the wait before it. */
export function again(core: PurchaseCore, event: PurchaseEvent, times: number): Step {
  let next: Step = { core, beside: [] };
  for (let turn = 0; turn < times; turn += 1) {
    const { task } = next.core;
    const woken = task.kind === 'wait' ? step(next.core, { kind: 'woken' }, minute(turn)).core : next.core;
    next = step(woken, event, minute(turn));
  }
  return next;
}

/** Minutes of the wait that it is in. */
export function waits({ task }: PurchaseCore, since: number): number | undefined {
  return task.kind === 'wait' ? (Date.parse(task.until) - Date.parse(minute(since))) / 60_000 : undefined;
}

export const newsOf = ({ beside }: Step): string[] =>
  beside.map((each) => (each.kind === 'tell' ? each.input.news : `link ${each.input.about}`));

export const storyOf = ({ timeline }: PurchaseCore): string => timeline.map(({ text }) => text).join('\n');
