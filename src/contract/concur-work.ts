import type { Problem } from './observation.ts';
import type { PurchaseRequestDocument } from './purchase-request-document.ts';
import type {
  PurchaseOrder,
  PurchaseRequestStatus,
  PurchaseRequestSummary,
  RequestProblem,
} from './purchase-request.ts';

/** Arguments and results of the activities that a purchase request's workflow calls. */

/** Result of `checkCodes`. `notChecked`: what could not be looked up, in words without a vendor's text (P9). */
export interface CheckResult {
  readonly problems: readonly RequestProblem[];
  readonly notChecked: readonly string[];
  readonly summary: PurchaseRequestSummary;
}

/** Argument of `createPurchaseRequest`, which is attempted once: its end without a result is an unknown outcome (P5). */
export interface CreateInput {
  readonly id: string;
  readonly document: PurchaseRequestDocument;
  /** A UUID, made by the workflow, so that it is known even when the answer is lost. */
  readonly correlationId: string;
}

/**
 * Times of an attempt to create, in milliseconds. Nothing is sent any more by the time a worker can be given up for gone:
 * a human who is asked then, and finds nothing in Concur, must not be overtaken by an attempt that still waits to send.
 */
export const createTimes = {
  /** How long after its begin it may still be sent. */
  sendWithinMs: 10_000,
  /** Without a sign of life for so long its worker is taken for gone: longer than the time to send, with room. */
  heartbeatTimeoutMs: 15_000,
  /** SAP answers within 60 s. */
  startToCloseMs: 180_000,
} as const;

/** What became of one attempt to create. */
export type CreateResult =
  /** Concur validated and queued it; it exists once the queue says `CREATED`. */
  | { readonly kind: 'accepted'; readonly concurId: string }
  /** Concur says no: nothing was created, and the same request cannot succeed. No problems: it did not say why. */
  | { readonly kind: 'refused'; readonly problems: readonly RequestProblem[] }
  /** Nothing was created, and the same request may be sent again. `access`: a credential or a right is refused. */
  | {
      readonly kind: 'notCreated';
      readonly access: boolean;
      readonly trouble: Problem;
      readonly retryAfterMs?: number;
    }
  /** It may have been created. */
  | { readonly kind: 'unknown'; readonly trouble: Problem };

/** Result of `readPurchaseRequest`; how long to follow is policy, read anew each time. */
export type ReadResult = { readonly followForMs: number } & (
  { readonly kind: 'found'; readonly status: PurchaseRequestStatus } | { readonly kind: 'notFound' }
);

/** Argument of `readOrders`. */
export interface ReadOrdersInput {
  readonly numbers: readonly string[];
}

/** Why the requester gets a notice. */
export type PurchaseRequestNews = 'created' | 'sentBack' | 'expired' | 'failed' | 'ordered';

/** Argument of `tellPurchaseRequester`. */
export interface TellPurchaseRequesterInput {
  readonly to: string;
  readonly news: PurchaseRequestNews;
  readonly summary: PurchaseRequestSummary;
  readonly requisitionId?: number;
  readonly status?: PurchaseRequestStatus;
  readonly orders: readonly PurchaseOrder[];
  readonly problems: readonly RequestProblem[];
}

/** What `prepareHandOff` and `linkRequisition` both need. */
interface HandOffWork {
  readonly id: string;
  readonly requisitionId: number;
  /**
   * Names this hand-over, the same in all runs of its workflow: `workflowInfo().firstExecutionRunId`. The comment on the
   * requisition carries a hash of it, so that a repeat knows its own comment from that of another hand-over.
   */
  readonly claim: string;
  /**
   * `notes` of a `handedOverBefore` that a human answered with `notCreated`: comments of ours up to this id do not count.
   */
  readonly forgiven?: number;
}

/** Argument of `prepareHandOff`. */
export type PrepareHandOffInput = HandOffWork;

/** A purchase request made from a requisition by the mapping, or why there is none. */
export type Prepared =
  | { readonly kind: 'ready'; readonly document: PurchaseRequestDocument; readonly notify?: string }
  /** Something is missing in the mapping or in the requisition. */
  | { readonly kind: 'incomplete'; readonly problems: readonly RequestProblem[] }
  /**
   * A comment of another hand-over stands on the requisition: one that is forgotten, and did not say what became of it.
   * `notes` is the highest id of such comments.
   */
  | { readonly kind: 'handedOverBefore'; readonly notes: number }
  /** It is no longer approved, no longer selected, or a comment names its purchase request already. */
  | { readonly kind: 'notWanted'; readonly why: string };

/**
 * Argument of `linkRequisition`: the comment that joins a requisition to its purchase request. About `begun` it fails
 * with the non-retryable type `handedOverBeforeType` where another hand-over was first: nothing may be created then.
 */
export interface LinkInput extends HandOffWork {
  /** `begun` before anything is sent to Concur: it is what keeps a requisition from being ordered twice. */
  readonly about: 'begun' | 'created';
  readonly number?: string;
  readonly concurId?: string;
}

/** Type of the failure of `linkRequisition` where another hand-over of the requisition was first. */
export const handedOverBeforeType = 'HandedOverBefore';
