/** An `IdMap` that is only read. */
export type ReadonlyIdMap<Row> = ReadonlyMap<number, Row> & Pick<IdMap<Row>, 'between'>;

/**
 * Rows by their ids that can also be walked in the order of those ids, from any place on and either way, whatever
 * order they came in. Finding the place costs a binary search; the walk costs what it yields.
 */
export class IdMap<Row> extends Map<number, Row> {
  /** Every key, ascending, and beside each its row: walking these is far faster than looking each row up. */
  readonly #ids: number[] = [];
  readonly #rows: Row[] = [];

  constructor(rows: Iterable<readonly [number, Row]> = []) {
    // Not `super(rows)`, which would call `set` before the ids exist.
    super();
    for (const [id, row] of rows) this.set(id, row);
  }

  override set(id: number, row: Row): this {
    const place = this.#placeOf(id);
    const isNew = this.#ids[place] !== id;
    if (isNew) this.#ids.splice(place, 0, id);
    this.#rows.splice(place, isNew ? 0 : 1, row);
    return super.set(id, row);
  }

  override delete(id: number): boolean {
    const place = this.#placeOf(id);
    if (this.#ids[place] === id) {
      this.#ids.splice(place, 1);
      this.#rows.splice(place, 1);
    }
    return super.delete(id);
  }

  override clear(): void {
    this.#ids.length = 0;
    this.#rows.length = 0;
    super.clear();
  }

  /** The rows with ids from `lowest` to `highest`, both included, by ascending or descending id. */
  *between(lowest: number, highest: number, direction: 'asc' | 'desc'): Generator<Row, undefined> {
    const first = this.#placeOf(lowest);
    const end = this.#placeOf(highest + 1);
    const step = direction === 'asc' ? 1 : -1;
    for (let place = step === 1 ? first : end - 1; place >= first && place < end; place += step) {
      const row = this.#rows[place];
      if (row !== undefined) yield row;
    }
    return undefined;
  }

  /** How many ids are lower than this one. */
  #placeOf(id: number): number {
    const last = this.#ids.at(-1);
    // New ids are the highest, so that most rows are simply appended.
    if (last === undefined || id > last) return this.#ids.length;
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ids[middle] ?? Number.POSITIVE_INFINITY) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
