/** The same without `undefined` as a value: a member is there, or it is not. */
type Definite<T> = T extends readonly (infer Item)[]
  ? Definite<Item>[]
  : T extends object
    ? { [Name in keyof T]: Definite<Exclude<T[Name], undefined>> }
    : T;

/**
 * Says of something that was read from JSON, and checked, that its optional members are absent and never undefined:
 * JSON has no such value, but a schema's type allows it.
 */
export function definite<T>(fromJson: T): Definite<T> {
  return fromJson as Definite<T>;
}
