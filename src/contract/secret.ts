/**
 * A value that must not be printed (P9): every accidental way to show it gives `[redacted]`.
 * Only `reveal()` gives it out, so that each use can be found by name.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  /** What `util.inspect` and `console.log` show; the symbol is Node's, named here without importing Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]';
  }
}
