import { randomUUID } from 'node:crypto';
import type { ConcurSettings, RequestException, TiedField } from './options.ts';
import { placeOrders } from './orders.ts';
import type { PurchaseRequest } from './state.ts';
import type { ConcurStore } from './store.ts';
import { unknownCodes } from './tied-fields.ts';

/** Timers cannot run for longer. */
const longestMs = 2 ** 31 - 1;

/**
 * What purchase requests do by themselves: they come to exist, go to their approver and, once approved, become orders.
 * A restart goes on where the last one ended.
 */
export class Progress {
  readonly #store: ConcurStore;
  readonly #settings: ConcurSettings;
  readonly #tied: readonly TiedField[];
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(store: ConcurStore, settings: ConcurSettings, tied: readonly TiedField[]) {
    this.#store = store;
    this.#settings = settings;
    this.#tied = tied;
    for (const request of store.requests.values()) this.#await(request);
  }

  /** Lets the request take its next step after that time; `Infinity`: it waits for somebody. */
  after(request: PurchaseRequest, delayMs: number): void {
    request.nextStepAtMs = Number.isFinite(delayMs) ? Date.now() + delayMs : null;
    this.#await(request);
  }

  /** Takes the next step now. */
  step(request: PurchaseRequest): void {
    request.nextStepAtMs = null;
    if (request.queueStatus === 'PENDING_CREATION') this.#create(request);
    else if (request.workflowStatus === 'Submitted') request.workflowStatus = 'Pending Approval';
    else if (request.workflowStatus === 'Approved' && request.orders.length === 0) {
      placeOrders(this.#store, request);
    }
    this.#await(request);
    this.#store.changed();
  }

  /** Ends the creation of a request that does not exist yet. */
  fail(request: PurchaseRequest, exceptions: readonly RequestException[]): void {
    request.queueStatus = 'CREATE_FAILED';
    request.exceptions = exceptions.map((one) => ({ prExceptionId: randomUUID(), ...definedOf(one) }));
    this.after(request, Infinity);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #create(request: PurchaseRequest): void {
    const { failCreation, routingDelayMs } = this.#settings;
    const unknown = unknownCodes(request, this.#tied, this.#store);
    if (failCreation !== null || unknown.length > 0) {
      this.fail(request, [...(failCreation ?? []), ...unknown]);
      return;
    }
    request.queueStatus = 'CREATED';
    request.number = String(this.#store.takeNumber('request'));
    request.workflowStatus = 'Submitted';
    this.after(request, routingDelayMs);
  }

  #await(request: PurchaseRequest): void {
    clearTimeout(this.#timers.get(request.id));
    this.#timers.delete(request.id);
    if (request.nextStepAtMs === null) return;
    const inMs = Math.min(Math.max(0, request.nextStepAtMs - Date.now()), longestMs);
    // Unreferenced: what is still to happen must not keep a closed sandbox alive.
    this.#timers.set(request.id, setTimeout(() => this.step(request), inMs).unref());
  }
}

/** The exception without what is absent: the state holds no undefined. */
export function definedOf({ eventCode, exceptionCode, isCleared, message }: RequestException) {
  return {
    ...(eventCode === undefined ? {} : { eventCode }),
    ...(exceptionCode === undefined ? {} : { exceptionCode }),
    ...(isCleared === undefined ? {} : { isCleared }),
    ...(message === undefined ? {} : { message }),
  };
}
