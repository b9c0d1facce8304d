/** Somebody in Coupa. `address` is the work address, which is also the Moveworks recipient. */
export interface Person {
  readonly id: number;
  readonly name: string;
  readonly address?: string;
}

/** Addresses are compared without case and surrounding blanks: Coupa documents no rule of its own. */
export function sameAddress(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
