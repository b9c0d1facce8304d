import { readState, StateFile } from '../state-file.ts';
import { IdMap, type ReadonlyIdMap } from './id-map.ts';
import { type Approval, coupaStateSchema, type CoupaState, type Requisition, type Token } from './state.ts';

/** The simulated tenant's data, by id in ascending order. Every change is followed by `changed()`. */
export class CoupaStore {
  readonly requisitions: IdMap<Requisition>;
  readonly #approvals = new IdMap<Approval>();
  /** The ids of each requisition's rows, so that reading one does not walk through all. */
  readonly #rowsOf = new Map<number, Set<number>>();
  readonly tokens: Map<string, Token>;
  /** Whether this state was read from a file: then it is not seeded. */
  readonly restored: boolean;
  readonly #next: CoupaState['next'];
  readonly #file: StateFile;
  readonly #listeners = new Set<() => void>();
  #inBatch = false;

  /** Throws when the state file holds something else. */
  constructor(statePath: string | undefined) {
    const saved = readState(statePath, coupaStateSchema);
    this.restored = saved !== undefined;
    this.requisitions = new IdMap(saved?.requisitions.map((one) => [one.id, one]));
    for (const row of saved?.approvals ?? []) this.addApproval(row);
    this.tokens = new Map(saved?.tokens.map((one) => [one.value, one]));
    this.#next = saved?.next ?? { approval: 70_001, requisition: 5001, line: 1, comment: 1 };
    this.#file = new StateFile(statePath, () => this.#snapshot());
  }

  /** The next id of its kind; ids ascend and are never used twice. */
  takeId(kind: keyof CoupaState['next']): number {
    const taken = this.#next[kind];
    this.#next[kind] += 1;
    return taken;
  }

  get approvals(): ReadonlyIdMap<Approval> {
    return this.#approvals;
  }

  addApproval(row: Approval): void {
    this.#approvals.set(row.id, row);
    const rows = this.#rowsOf.get(row.requisitionId) ?? new Set();
    this.#rowsOf.set(row.requisitionId, rows.add(row.id));
  }

  removeApproval(row: Approval): void {
    this.#approvals.delete(row.id);
    this.#rowsOf.get(row.requisitionId)?.delete(row.id);
  }

  /** The rows of one requisition, decided and pending, in the order of their ids. */
  approvalsOf(requisitionId: number): Approval[] {
    const ids = [...(this.#rowsOf.get(requisitionId) ?? [])];
    return ids.flatMap((id) => this.#approvals.get(id) ?? []);
  }

  /** Removes the rows of a requisition that nobody has decided; the decided ones stay as its history. */
  dropPending(requisitionId: number): void {
    for (const row of this.approvalsOf(requisitionId)) {
      if (row.status === 'pending_approval') this.removeApproval(row);
    }
  }

  /** Does many changes as one: they are written once and heard of once, when the work is done or has failed. */
  batch<Result>(work: () => Result): Result {
    this.#inBatch = true;
    try {
      return work();
    } finally {
      this.#inBatch = false;
      this.changed();
    }
  }

  changed(): void {
    if (this.#inBatch) return;
    this.#file.changed();
    for (const listener of this.#listeners) listener();
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

  #snapshot(): CoupaState {
    return {
      version: 1,
      next: this.#next,
      requisitions: [...this.requisitions.values()],
      approvals: [...this.#approvals.values()],
      tokens: [...this.tokens.values()],
    };
  }
}
