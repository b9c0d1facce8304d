import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import type { PurchaseRequestStatus, RequestProblem } from '../../contract/purchase-request.ts';
import type { ReadOptions } from '../http/read-options.ts';

/** SAP Concur's objects as the rest of Countersign sees them: only what it uses. */

/** A vendor's address: the pair of codes is what a line of a purchase request names. */
export interface ConcurVendor {
  readonly vendorCode: string;
  readonly addressCode: string;
  readonly name?: string;
  readonly approved?: boolean;
  readonly currencyCode?: string;
}

/** A list of List Management; a custom field of the form may be tied to it. */
export interface ConcurList {
  readonly id: string;
  readonly name: string;
  readonly levels?: number;
}

/** An item of a list's first level. `code` is what a custom field takes (Concur's `shortCode`). */
export interface ConcurListItem {
  readonly code: string;
  readonly name: string;
}

/** A purchase order, by the v3 API: all texts, as they come. */
export interface ConcurPurchaseOrder {
  readonly number: string;
  readonly purchaseRequestNumber?: string;
  readonly status?: string;
  readonly orderDate?: string;
  readonly vendorCode?: string;
  readonly currencyCode?: string;
}

/** Concur's answer to a create that it understood. */
export type ConcurCreateAnswer =
  | { readonly kind: 'accepted'; readonly id: string }
  /** Nothing was created. `problems` is empty where the answer does not say why in a way we can read. */
  | { readonly kind: 'refused'; readonly status: number; readonly problems: readonly RequestProblem[] };

/**
 * SAP Concur. Every method throws the errors of `http/errors.ts`; the client goes to the geolocation of the present
 * token, renews the token once after a 401 or 403, and rests after a 503.
 */
export interface ConcurClient {
  /**
   * Creates a purchase request, whose comments must carry our mark already. An `UnknownOutcomeError` means that it may
   * exist (P5); a `RetryableError` or a `TerminalError` that nothing was created.
   *
   * @param options `correlationId`: a UUID, sent as `concur-correlationid`; `beforeSend`: called right before it is
   * sent, and where it throws nothing is sent
   */
  createPurchaseRequest(
    document: PurchaseRequestDocument,
    options: {
      readonly correlationId: string;
      readonly signal?: AbortSignal | undefined;
      readonly beforeSend?: (() => void) | undefined;
    },
  ): Promise<ConcurCreateAnswer>;
  /** By the id that the create answered; undefined for 404, which may come early. */
  getPurchaseRequest(id: string, options?: ReadOptions): Promise<PurchaseRequestStatus | undefined>;
  /** Whether a vendor has exactly these two codes. */
  hasVendor(
    codes: { readonly vendorCode: string; readonly addressCode: string },
    options?: ReadOptions,
  ): Promise<boolean>;
  /** All vendors, a page at a time. */
  vendors(options?: ReadOptions): AsyncGenerator<readonly ConcurVendor[]>;
  /** All lists, a page at a time. */
  lists(options?: ReadOptions): AsyncGenerator<readonly ConcurList[]>;
  /** Whether a list has an item of this code on its first level, not deleted. */
  hasListItem(listId: string, code: string, options?: ReadOptions): Promise<boolean>;
  /** Items of a list's first level, a page at a time. */
  listItems(listId: string, options?: ReadOptions): AsyncGenerator<readonly ConcurListItem[]>;
  /** A purchase order by its number; undefined for 404. */
  getPurchaseOrder(number: string, options?: ReadOptions): Promise<ConcurPurchaseOrder | undefined>;
}
