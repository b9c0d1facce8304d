import type { PurchaseRequestStart } from '../../contract/purchase-request-start.ts';
import type {
  PurchaseRequestMemo,
  PurchaseRequestRecord,
  PurchaseRequestState,
  Resolving,
} from '../../contract/purchase-request.ts';

/** A purchase request's latest run, as Temporal shows it without a worker. */
interface PurchaseRequestRun {
  readonly kind: 'open' | 'closed';
  readonly runId: string;
  readonly memo: PurchaseRequestMemo | undefined;
  /** Hash of what was asked for. */
  readonly fingerprint: string | undefined;
}
export type DescribedPurchaseRequest = { readonly kind: 'none' } | PurchaseRequestRun;

export interface PurchaseRequestsRequest {
  readonly state?: PurchaseRequestState;
  readonly limit: number;
  readonly cursor?: string;
}

interface ListedPurchaseRequest {
  readonly memo: PurchaseRequestMemo | undefined;
  readonly kind: 'open' | 'closed';
}

export interface PurchaseRequestsPage {
  readonly rows: readonly ListedPurchaseRequest[];
  readonly cursor?: string;
}

/** What the API needs of Temporal for purchase requests; see `Engine`. */
export interface PurchaseRequestEngine {
  /** Whether a purchase request is known, and its memo. Needs no worker. Ends within 2 s. */
  purchaseRequest(id: string): Promise<DescribedPurchaseRequest>;
  /**
   * Starts a purchase request. `started` only once Temporal holds it (P3); `exists`: one of this id was started
   * before, and nothing was done. Needs no worker. Where it throws, it may be held all the same: the repeat finds it.
   */
  startPurchaseRequest(start: PurchaseRequestStart): Promise<'started' | 'exists'>;
  /**
   * Everything told about a purchase request. Undefined when an open one has no worker to ask, when a closed one left
   * no result, and when Temporal does not say in time: the memo is all there is then. `seen`: what `purchaseRequest`
   * has just said.
   */
  purchaseRequestRecord(
    id: string,
    seen: DescribedPurchaseRequest,
  ): Promise<PurchaseRequestRecord | undefined>;
  /** Purchase requests, open ones first, a page at a time. Throws `InvalidCursor`. */
  listPurchaseRequests(request: PurchaseRequestsRequest): Promise<PurchaseRequestsPage>;
  /**
   * The id of another purchase request that holds this id of Concur's, open or closed; undefined where there is none.
   * Lags behind by a moment. `concurId`: letters, digits, `-` and `_` alone, since it becomes part of a query.
   */
  otherOfConcurId(concurId: string, id: string): Promise<string | undefined>;
  /** Hands over what a human found out. `gone`: it is no longer open, or never was. Needs no worker. */
  resolvePurchaseRequest(id: string, resolving: Resolving): Promise<'accepted' | 'gone'>;
}
