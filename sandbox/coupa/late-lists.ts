import { LateTable } from './late-table.ts';
import type { CoupaSettings } from './options.ts';
import type { Approval, Requisition } from './state.ts';
import { CoupaStore } from './store.ts';

/**
 * What lists show: the tenant's documents, or, while `listLagMs` is set, these as they were that long ago: a newer
 * row is missing, a row decided since is still pending. What there was when the setting was made shows at once.
 */
export class LateLists {
  readonly #store: CoupaStore;
  readonly #settings: Pick<CoupaSettings, 'listLagMs'>;
  #late: Late | undefined;
  #noteIsDue = false;

  /** `settings` may change at any time; `store.changed()` tells when they did. */
  constructor(store: CoupaStore, settings: Pick<CoupaSettings, 'listLagMs'>) {
    this.#store = store;
    this.#settings = settings;
    store.subscribe(() => this.#noteSoon());
  }

  /** The documents for one list request; only to be read. */
  documents(): CoupaStore {
    if (this.#settings.listLagMs === 0) return this.#store;
    if (this.#late === undefined) this.#note();
    this.#late?.showUntil(performance.now() - this.#settings.listLagMs);
    return this.#late?.documents ?? this.#store;
  }

  /** Once for all changes of one request: they are made in one go, and to look at every row takes long. */
  #noteSoon(): void {
    if (this.#noteIsDue) return;
    this.#noteIsDue = true;
    queueMicrotask(() => {
      this.#noteIsDue = false;
      this.#note();
    });
  }

  #note(): void {
    if (this.#settings.listLagMs === 0) {
      this.#late = undefined;
      return;
    }
    // The first look finds what was there before: that is not late.
    const atMs = this.#late === undefined ? Number.NEGATIVE_INFINITY : performance.now();
    this.#late ??= lateCopy();
    this.#late.note(this.#store, atMs);
  }
}

interface Late {
  documents: CoupaStore;
  note(store: CoupaStore, atMs: number): void;
  showUntil(atMs: number): void;
}

function lateCopy(): Late {
  const documents = new CoupaStore(undefined);
  const approvals = new LateTable<Approval>({
    put: (row) => documents.addApproval(row),
    remove: (row) => documents.removeApproval(row),
  });
  const requisitions = new LateTable<Requisition>({
    put: (row) => void documents.requisitions.set(row.id, row),
    remove: (row) => void documents.requisitions.delete(row.id),
  });
  return {
    documents,
    note(store, atMs) {
      approvals.note(store.approvals, atMs);
      requisitions.note(store.requisitions, atMs);
    },
    showUntil(atMs) {
      approvals.showUntil(atMs);
      requisitions.showUntil(atMs);
    },
  };
}
