import type { References } from '../references/references.ts';
import { invalid, ProblemError } from './problem-error.ts';

/** What `{ref}` in a path can name: an approval alone, or an approval, an approver and the card pressed. */
export type Ref =
  | { readonly kind: 'id'; readonly approvalId: number }
  | {
      readonly kind: 'reference';
      readonly approvalId: number;
      readonly userId: number;
      readonly card: string;
    };

const wholeNumber = /^[1-9]\d{0,15}$/;

/** A positive integer as Coupa counts ids; undefined for anything else. */
export function readId(text: string): number | undefined {
  const id = Number(text);
  return wholeNumber.test(text) && Number.isSafeInteger(id) ? id : undefined;
}

/** Reads a `{ref}`: what it names, or why it names nothing. */
export function readRef(text: string, references: References): Ref | 'malformed' | 'forged' {
  const approvalId = readId(text);
  if (approvalId !== undefined) return { kind: 'id', approvalId };
  const verified = references.verify(text);
  return typeof verified === 'string' ? verified : { kind: 'reference', ...verified };
}

export const malformedRef = 'Not an approval id (a positive integer), nor a reference from a card.';

/** As `readRef`, after the request's shape was checked. Throws 403 for a forged reference (P6). */
export function requireRef(text: string, references: References, parameter = 'ref'): Ref {
  const ref = readRef(text, references);
  if (ref === 'malformed') throw invalid([{ parameter, detail: malformedRef }]);
  if (ref === 'forged') {
    throw new ProblemError(
      'forged',
      'This reference was not made by this service, or its secret was retired.',
    );
  }
  return ref;
}
