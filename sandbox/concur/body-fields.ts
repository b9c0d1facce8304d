import type { CreateErrors } from './create-errors.ts';

/** An object of a request's body. */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads the fields of one object of a body; `path` is where it stands, empty for the header. */
export class BodyFields {
  readonly #fields: Fields;
  readonly #path: string;
  readonly #errors: CreateErrors;

  constructor(fields: Fields, path: string, errors: CreateErrors) {
    this.#fields = fields;
    this.#path = path;
    this.#errors = errors;
  }

  /** Where a field stands, as `dataPath` says it. */
  at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  /** What the body has under the name; null and an empty text count as absent. */
  raw(name: string): unknown {
    const value = Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
    return value === null || value === '' ? undefined : value;
  }

  /** A text; anything else makes the body invalid. */
  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    this.#errors.add('invalidRequestBody', this.at(name));
    return undefined;
  }
}

/** Whether a value is a plain decimal in a text, without sign and exponent. */
export function isDecimalText(value: unknown): value is string {
  return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value);
}

/** Whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
