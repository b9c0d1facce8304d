import type { TimelineEntry } from './approval.ts';
import { sumOfProducts } from './decimal.ts';
import type { Problem } from './observation.ts';
import type { PurchaseRequestDocument } from './purchase-request-document.ts';

/** Still under way. `accepted`: Concur took it and creates it in the background; `created`: it exists there. */
export const openPurchaseRequestStates = [
  'checking',
  'creating',
  'accepted',
  'created',
  'needsAttention',
] as const;

/**
 * How it ended. `failed`: Concur does not have it; `abandoned`: a human gave it up; `unfollowed`: a human found it in
 * Concur by its number, and without its id nobody can follow it.
 */
export const closedPurchaseRequestStates = ['ordered', 'failed', 'abandoned', 'unfollowed'] as const;

export type PurchaseRequestState =
  (typeof openPurchaseRequestStates)[number] | (typeof closedPurchaseRequestStates)[number];

/** Who wanted it: a caller of the API, by the name of its key, or an approved requisition of Coupa. */
export type PurchaseRequestOrigin =
  | { readonly kind: 'api'; readonly caller: string }
  | { readonly kind: 'handOff'; readonly requisitionId: number };

/** Argument of the workflow `purchaseRequest`. */
export interface PurchaseRequestInput {
  /** Of the API: a hash of the caller's key; of a hand-off: `coupa-<requisitionId>`. */
  readonly id: string;
  readonly origin: PurchaseRequestOrigin;
  /** Absent for a hand-off: it is made from the requisition. */
  readonly document?: PurchaseRequestDocument;
  /** Address in Moveworks of whoever hears how it goes; absent: nobody. */
  readonly notify?: string;
}

/** One thing wrong with a request, as our check or Concur found it. */
export interface RequestProblem {
  /** Counts from 1, as people do; absent for the header. */
  readonly line?: number;
  readonly field?: string;
  /** Concur's `errorCode`, or one of ours: `unknownVendor`, `unknownListItem`, `incomplete`. */
  readonly code: string;
  readonly message: string;
  /** Concur's `dataPath`, whose syntax is not documented: shown as it came. */
  readonly path?: string;
}

/** Why a human is needed. */
export type AttentionReason =
  /** Concur may have created it: nothing is repeated without a human (P5). */
  | 'unknownOutcome'
  /** Concur refuses the credential or a right; it is tried again slowly. */
  | 'access'
  /** The mapping lacks something that the requisition needs. */
  | 'incomplete'
  /** The requisition carries the note of an earlier hand-over that nobody remembers. */
  | 'handedOverBefore'
  /** Concur does not know the id any more. */
  | 'notFound'
  /** No purchase order after `CONCUR_FOLLOW_FOR`. */
  | 'notOrderedInTime';

/** A request for a human. `n` counts them, so that an answer to an earlier one is not taken for this one's. */
export interface Attention {
  readonly n: number;
  readonly reason: AttentionReason;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** What to look for in Concur, and what to tell this service then. */
  readonly what: string;
}

/** What a human found out. `created` with an id is followed; with a number alone it ends as `unfollowed`. */
export type Resolution =
  | { readonly kind: 'created'; readonly concurId?: string; readonly number?: string }
  | { readonly kind: 'notCreated' }
  | { readonly kind: 'abandoned' };

/** Argument of the signal `resolve`. */
export interface Resolving {
  /** The `n` of the attention that it answers. */
  readonly attention: number;
  readonly resolution: Resolution;
  /** Name of the caller's key. */
  readonly by: string;
}

/** Something that Concur objects to. It need not block: approved requests with uncleared ones have been seen. */
export interface PurchaseRequestException {
  readonly eventCode?: string;
  readonly code?: string;
  readonly message?: string;
  readonly cleared?: boolean;
}

/** What Concur tells of a purchase request (`mode=COMPACT`). The statuses are open sets, kept as they come. */
export interface PurchaseRequestStatus {
  readonly number?: string;
  readonly queueStatus?: string;
  readonly workflowStatus?: string;
  readonly exceptions: readonly PurchaseRequestException[];
  /** Numbers of purchase orders. */
  readonly orders: readonly string[];
}

/** A purchase order that came of it. All but the number is there only where Concur let it be read. */
export interface PurchaseOrder {
  readonly number: string;
  readonly status?: string;
  readonly orderedOn?: string;
  readonly vendorCode?: string;
}

/** Everything told about a purchase request: answer of the query `purchaseRequest`, and the workflow's result. */
export interface PurchaseRequestRecord {
  readonly id: string;
  /** What its comments carry in Concur: `ref:<id>`. */
  readonly ref: string;
  readonly state: PurchaseRequestState;
  readonly origin: PurchaseRequestOrigin;
  readonly concurId?: string;
  readonly status?: PurchaseRequestStatus;
  readonly orders: readonly PurchaseOrder[];
  readonly attention?: Attention;
  readonly problems: readonly RequestProblem[];
  /** Why it does not go on for now; it is tried again. */
  readonly trouble?: Problem;
  /** Sent with the last create as `concur-correlationid`: SAP's support asks for it. */
  readonly correlationId?: string;
  readonly summary: PurchaseRequestSummary;
  readonly timeline: readonly TimelineEntry[];
}

/** What it is about, in few words. */
export interface PurchaseRequestSummary {
  readonly description?: string;
  readonly currency?: string;
  /** Sum of quantity times unit price, exact; without tax and shipping. */
  readonly total?: string;
  readonly lines: number;
}

/** The one memo key of a purchase request's workflow. */
export const purchaseRequestMemoKey = 'purchaseRequest';

/** Memo key of the hash of what was asked for: tells a repeat from another request under the same key. */
export const purchaseRequestFingerprintKey = 'fingerprint';

/** What `describe()` and a list show without a worker: the row of `GET /purchase-requests`. Under 2 KiB. */
export interface PurchaseRequestMemo {
  readonly id: string;
  readonly state: PurchaseRequestState;
  readonly requisitionId?: number;
  readonly concurId?: string;
  /** The id that Concur itself answered or showed, where a human has named another one since: it was created. */
  readonly knownAs?: string;
  readonly number?: string;
  readonly queueStatus?: string;
  readonly workflowStatus?: string;
  /** Of a hand-off that has ended because its requisition was not to be ordered then; it may be later on. */
  readonly notWanted?: true;
  readonly orders: readonly string[];
  readonly attention?: Attention;
  readonly summary: PurchaseRequestSummary;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** The memo has room for a title, not for a novel. */
const mostTitleCharacters = 200;

function titleOf(description: string): string {
  const characters = Array.from(description);
  if (characters.length <= mostTitleCharacters) return description;
  return `${characters.slice(0, mostTitleCharacters - 1).join('')}…`;
}

/** What a document is about. */
export function summaryOf(document: PurchaseRequestDocument | undefined): PurchaseRequestSummary {
  if (document === undefined) return { lines: 0 };
  const { description, currencyCode, lineItems } = document;
  const total = sumOfProducts(lineItems.map(({ quantity, unitPrice }) => [quantity, unitPrice]));
  return {
    ...(description === undefined ? {} : { description: titleOf(description) }),
    currency: currencyCode,
    ...(total === undefined ? {} : { total }),
    lines: lineItems.length,
  };
}

/** The memo that a purchase request's workflow is started with. */
export function purchaseRequestMemoAtStart(
  { id, origin, document }: PurchaseRequestInput,
  startedAt: string,
): PurchaseRequestMemo {
  return {
    id,
    state: 'checking',
    ...(origin.kind === 'handOff' ? { requisitionId: origin.requisitionId } : {}),
    orders: [],
    summary: summaryOf(document),
    startedAt,
  };
}
