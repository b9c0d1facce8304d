import { readState, StateFile } from '../state-file.ts';
import {
  type ConcurState,
  concurStateSchema,
  type List,
  type Order,
  type PurchaseRequest,
  type Token,
  type Vendor,
} from './state.ts';

/** The simulated entity's data. Every change is followed by `changed()`, or by `changedForGood()`. */
export class ConcurStore {
  /** In order of arrival. */
  readonly requests: Map<string, PurchaseRequest>;
  readonly orders: Map<string, Order>;
  vendors: Vendor[];
  lists: List[];
  readonly accessTokens: Map<string, Token>;
  readonly refreshTokens: Map<string, Token>;
  /** Whether this state was read from a file: then it is not seeded. */
  readonly restored: boolean;
  readonly #next: ConcurState['next'];
  readonly #path: string | undefined;
  readonly #file: StateFile;
  readonly #listeners = new Set<() => void>();

  /** Throws when the state file holds something else. */
  constructor(statePath: string | undefined) {
    const saved = readState(statePath, concurStateSchema);
    this.restored = saved !== undefined;
    this.requests = new Map(saved?.requests.map((one) => [one.id, one]));
    this.orders = new Map(saved?.orders.map((one) => [one.number, one]));
    this.vendors = saved?.vendors ?? [];
    this.lists = saved?.lists ?? [];
    this.accessTokens = new Map(saved?.accessTokens.map((one) => [one.value, one]));
    this.refreshTokens = new Map(saved?.refreshTokens.map((one) => [one.value, one]));
    this.#next = saved?.next ?? { request: 100_001, order: 10_001 };
    this.#path = statePath;
    this.#file = new StateFile(statePath, () => this.#snapshot());
  }

  /** The next number of its kind; numbers ascend and are never used twice. */
  takeNumber(kind: keyof ConcurState['next']): number {
    const taken = this.#next[kind];
    this.#next[kind] += 1;
    return taken;
  }

  vendor(vendorCode: string, addressCode: string): Vendor | undefined {
    return this.vendors.find((one) => one.vendorCode === vendorCode && one.addressCode === addressCode);
  }

  changed(): void {
    this.#file.changed();
    this.#tell();
  }

  /**
   * For what a client is told right after: it is in the file before the answer leaves, so that a kill makes the
   * sandbox forget neither a request that it accepted nor the one refresh token that still counts.
   */
  changedForGood(): void {
    const file = new StateFile(this.#path, () => this.#snapshot());
    file.changed();
    file.close();
    this.#tell();
  }

  /** Calls the listener after each change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Writes what is still unwritten. */
  close(): void {
    this.#file.close();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #snapshot(): ConcurState {
    return {
      version: 1,
      next: this.#next,
      requests: [...this.requests.values()],
      orders: [...this.orders.values()],
      vendors: this.vendors,
      lists: this.lists,
      accessTokens: [...this.accessTokens.values()],
      refreshTokens: [...this.refreshTokens.values()],
    };
  }
}
