import type { WireEntry } from '../support/coupa-tap.ts';
import type { Directory, Document } from './coupa-truth.ts';

/** One press that the sequence made, and what the caller was told. */
export interface Press {
  /** Unique; the press's reason ends with it, so that a write tells which press it carries out. */
  readonly mark: string;
  readonly approvalId: number;
  readonly action: 'approve' | 'reject';
  /** Whom the reference proves, or whom the asserted address names. */
  readonly userId: number;
  /** `card`: a true reference. `bare`: an approval's id with an address. The others must never be taken. */
  readonly kind: 'card' | 'bare' | 'forged' | 'mismatch';
  /** The facts on the card that was pressed. */
  readonly version?: number;
  readonly startedAtMs: number;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly body: {
    readonly status?: string;
    readonly type?: string;
    readonly decision?: { readonly action: string; readonly by: number };
  };
}

/** A card that reached Moveworks. */
export interface SentCard {
  readonly approvalId: number;
  /** Who the signed reference was made for; undefined where it is not a true one of this approval. */
  readonly userId: number | undefined;
  readonly reference: string;
  readonly recipients: readonly string[];
  readonly version: number | undefined;
  readonly atMs: number;
}

/** A notice about a requisition. */
export interface SentNotice {
  readonly requisitionId: number;
  readonly recipients: readonly string[];
}

/** What the product says of an approval at the end. */
export interface Shown {
  readonly state: string;
  readonly outcome?: string;
  readonly cards: readonly { readonly userId: number; readonly live: boolean; readonly sent: boolean }[];
}

/** One requisition with all that was seen of it, on every side. */
export interface RequisitionEvidence {
  readonly id: number;
  readonly directory: Directory;
  readonly requesterId: number;
  /** What Coupa says in the end; undefined when it is deleted. */
  readonly final: Document | undefined;
  /** Every approval that it ever had, as far as anybody saw it. */
  readonly approvalIds: readonly number[];
  readonly wire: { readonly requisition: readonly WireEntry[]; readonly approvals: readonly WireEntry[] };
  readonly presses: readonly Press[];
  readonly cards: readonly SentCard[];
  readonly notices: readonly SentNotice[];
  /** What the product says; undefined where it knows no such approval. */
  readonly shown: ReadonlyMap<number, Shown | undefined>;
  /** Ids of open workflows by approval. */
  readonly open: ReadonlyMap<number, readonly string[]>;
  /** How often somebody may rightly be asked again about facts that a card of theirs has shown already. */
  readonly asksAgain: number;
  /** Workers stopped while it lived: a card whose answer was lost with them may come twice. */
  readonly restarts: number;
}
