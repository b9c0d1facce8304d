import { perMinute } from '../http/per-minute.ts';
import { createRateLimiter } from '../http/rate-limiter.ts';
import { createConnection } from './connection.ts';
import { createPurchaseRequest } from './create.ts';
import { getPurchaseRequest } from './get.ts';
import { hasListItem, listItems } from './list-items.ts';
import { lists } from './lists.ts';
import { getPurchaseOrder } from './purchase-order.ts';
import type { UomField } from './request-body.ts';
import type { ConcurTokens } from './token/types.ts';
import type { ConcurClient } from './types.ts';
import { hasVendor, vendors } from './vendors.ts';

export interface ConcurClientOptions {
  readonly tokens: ConcurTokens;
  readonly requestsPerMinute: number;
  /** The name by which the tenant takes a unit of measure. */
  readonly uomField: UomField;
  /** For one attempt; 60 s by default, within which SAP answers. */
  readonly timeoutMs?: number | undefined;
  /** How long nothing is sent after a 503, and how long a read that timed out should wait; 5 minutes by default. */
  readonly restAfter503Ms?: number | undefined;
  readonly maxBodyBytes?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** SAP: a response should arrive within 60 s; after a 503, or without a response, wait for 5 minutes. */
const TIMEOUT_MS = 60_000;
const REST_MS = 5 * 60_000;
/** A page of vendors with all their fields fits; a runaway answer does not fill the memory. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Creates a client with one limiter and one rest for all that it sends, to whichever geolocation. */
export function createConcurClient(options: ConcurClientOptions): ConcurClient {
  const http = createConnection({
    tokens: options.tokens,
    limiter: createRateLimiter(perMinute(options.requestsPerMinute)),
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    restMs: options.restAfter503Ms ?? REST_MS,
    maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
    fetch: options.fetch,
  });
  return {
    createPurchaseRequest: (document, o) => createPurchaseRequest(http, options.uomField, document, o),
    getPurchaseRequest: (id, o) => getPurchaseRequest(http, id, o),
    hasVendor: (codes, o) => hasVendor(http, codes, o),
    vendors: (o) => vendors(http, o),
    lists: (o) => lists(http, o),
    hasListItem: (listId, code, o) => hasListItem(http, listId, code, o),
    listItems: (listId, o) => listItems(http, listId, o),
    getPurchaseOrder: (number, o) => getPurchaseOrder(http, number, o),
  };
}
