import type { FollowUpAction } from '../options.ts';

/** The HTTP call of a follow-up action with its values filled in. */
export interface FilledCall {
  method: string;
  /** Path and query, percent-encoded. */
  target: string;
  /** JSON; absent when the action has none. */
  body?: string;
}

const placeholder = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Thrown when an action names a value that the message does not carry. */
export class MissingValue extends Error {
  override readonly name = 'MissingValue';
  /** The slot's key. */
  readonly slot: string;

  constructor(slot: string) {
    super(`no value for {{${slot}}}`);
    this.slot = slot;
  }
}

/**
 * Fills `{{slot}}` in path, query and body. Values are percent-encoded where they stand in the address.
 * Throws `MissingValue` when one is missing, or could not stay one segment of the path.
 */
export function fillAction(action: FollowUpAction, values: ReadonlyMap<string, string>): FilledCall {
  const fill = (template: string, encode: (value: string, slot: string) => string) =>
    template.replace(placeholder, (_, slot: string) => {
      const value = values.get(slot);
      if (value === undefined) throw new MissingValue(slot);
      return encode(value, slot);
    });
  const path = fill(action.path, (value, slot) => {
    // An address swallows segments like these, encoded or not, and would lead elsewhere.
    if (['', '.', '..'].includes(value)) throw new MissingValue(slot);
    return encodeValue(value);
  });
  const query = Object.entries(action.query ?? {}).map(
    ([key, template]) => `${encodeURIComponent(key)}=${fill(template, encodeValue)}`,
  );
  const target = query.length === 0 ? path : `${path}?${query.join('&')}`;
  if (action.body === undefined) return { method: action.method, target };
  const body = Object.entries(action.body).map(([key, template]) => [key, fill(template, (value) => value)]);
  return { method: action.method, target, body: JSON.stringify(Object.fromEntries(body)) };
}

/** Half of a surrogate pair cannot be percent-encoded; it becomes the replacement character. */
function encodeValue(value: string): string {
  return encodeURIComponent(value.replace(/\p{Cs}/gu, '\ufffd'));
}
