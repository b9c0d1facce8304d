/** Where rows are kept that are shown late. */
interface Shown<Row> {
  put: (row: Row) => void;
  remove: (row: Row) => void;
}

interface Change<Row> {
  atMs: number;
  row: Row;
  kind: keyof Shown<Row>;
}

/** What became of the rows of one kind since they were first noted: each change with its time, until it is shown. */
export class LateTable<Row extends { id: number }> {
  /** Each row as it was when it was last noted. */
  readonly #noted = new Map<number, Row>();
  readonly #shown: Shown<Row>;
  #unshown: Change<Row>[] = [];

  constructor(shown: Shown<Row>) {
    this.#shown = shown;
  }

  /** Looks for what has changed, and takes this instant (ms) as the time of the change. */
  note(live: ReadonlyMap<number, Row>, atMs: number): void {
    for (const [id, row] of live) {
      const before = this.#noted.get(id);
      if (before === undefined || differ(before, row)) {
        const copy = { ...row };
        this.#noted.set(id, copy);
        this.#unshown.push({ atMs, row: copy, kind: 'put' });
      }
    }
    if (this.#noted.size === live.size) return;
    for (const [id, row] of this.#noted) {
      if (live.has(id)) continue;
      this.#noted.delete(id);
      this.#unshown.push({ atMs, row, kind: 'remove' });
    }
  }

  /** Shows everything that had happened by this instant (ms). */
  showUntil(atMs: number): void {
    const due = this.#unshown.findIndex((change) => change.atMs > atMs);
    const shownNow = this.#unshown.splice(0, due === -1 ? this.#unshown.length : due);
    for (const { row, kind } of shownNow) this.#shown[kind](row);
  }
}

/** Whether a member was replaced; rows are changed by replacing their members, lists and objects included. */
function differ<Row extends object>(before: Row, now: Row): boolean {
  for (const key in now) {
    if (before[key] !== now[key]) return true;
  }
  return false;
}
