import { createHash } from 'node:crypto';
import type { CoupaNote } from '../../connectors/coupa/comments.ts';
import { handOffId, purchaseRequestRef } from '../../contract/ids.ts';

/*
 * The comments that join a requisition to its purchase request. The first one, about the beginning, is what keeps a
 * requisition from being ordered twice, also when nobody remembers the first time: Coupa keeps it. It carries a hash of
 * the hand-over that wrote it, and of several the one with the lowest id counts.
 */

const marker = '[cs]';
const mostNumberChars = 60;

/** A comment of ours, as its text tells it. `claim`: of which hand-over, absent on other kinds. */
export interface HandOffNote {
  readonly id: number;
  readonly claim?: string;
  /** It names the purchase request that came of it. */
  readonly settled: boolean;
}

/** A hash of what names a hand-over: short, and the same in every repeat. */
export function claimHash(claim: string): string {
  return createHash('sha256').update(claim).digest('hex').slice(0, 12);
}

/** The comment that is written before anything is sent to Concur. */
export function begunText(requisitionId: number, claim: string): string {
  const ref = purchaseRequestRef(handOffId(requisitionId));
  return `${marker} Handed to SAP Concur as a purchase request, ${ref}, run ${claimHash(claim)}`;
}

/** The comment that names what came of it: by its number, or by its id where Concur has given none. */
export function createdText(
  requisitionId: number,
  { number, concurId }: { readonly number?: string; readonly concurId?: string },
): string {
  const name = number ?? (concurId === undefined ? '' : `id ${concurId}`);
  // One line without an "@", which would mention somebody in Coupa.
  const plain = name
    .replace(/[\s\p{Cc}@[\],]+/gu, ' ')
    .trim()
    .slice(0, mostNumberChars);
  const ref = purchaseRequestRef(handOffId(requisitionId));
  return `${marker} SAP Concur purchase request${plain === '' ? '' : ` ${plain}`}, ${ref}`;
}

/** Those comments that are of ours about this requisition, by ascending id. */
export function handOffNotes(requisitionId: number, comments: readonly CoupaNote[]): HandOffNote[] {
  const ref = new RegExp(`${purchaseRequestRef(handOffId(requisitionId))}(?![\\w-])`);
  return comments.flatMap(({ id, text }) => {
    const plain = text.trim();
    if (!plain.startsWith(marker) || !ref.test(plain)) return [];
    const claim = /, run ([0-9a-f]{12})$/.exec(plain)?.[1];
    const settled = /^\[cs\] SAP Concur purchase request \S/.test(plain);
    return [{ id, settled, ...(claim === undefined ? {} : { claim }) }];
  });
}

/** Whose turn the notes leave it. */
export type Standing =
  /** Nobody has begun. */
  | { readonly kind: 'free' }
  /** This hand-over has begun, and was the first. */
  | { readonly kind: 'ours' }
  /** Another one was first. `notes` is the highest id of a comment that is not ours; `settled`: one names the outcome. */
  | { readonly kind: 'others'; readonly notes: number; readonly settled: boolean };

/**
 * What the notes say to a hand-over. The first of them that a human has not forgiven counts: of two that write at the
 * same time both read the other's afterwards, and only the one with the lower id goes on. Pure.
 */
export function standingOf(
  notes: readonly HandOffNote[],
  { claim, forgiven = -1 }: { readonly claim: string; readonly forgiven?: number | undefined },
): Standing {
  const ours = claimHash(claim);
  const counting = notes.filter(({ id }) => id > forgiven).toSorted((a, b) => a.id - b.id);
  const [first] = counting;
  if (first === undefined) return { kind: 'free' };
  if (first.claim === ours) return { kind: 'ours' };
  const others = counting.filter((note) => note.claim !== ours);
  return {
    kind: 'others',
    notes: Math.max(...others.map(({ id }) => id)),
    settled: others.some(({ settled }) => settled),
  };
}
