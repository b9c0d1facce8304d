import type { Mode } from '../contract/mode.ts';
import type { Action } from '../contract/decision.ts';
import type { Secret } from '../contract/secret.ts';
import type { References } from '../references/references.ts';
import type { Engine } from './engine/engine.ts';

/** Where the API logs: the part of a pino logger that it uses. */
export interface ApiLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Whom Coupa knows under an address. */
export type ResolvedUser =
  | { readonly kind: 'found'; readonly userId: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous' };

/** A pending row of a document that is listed and never decided: Coupa's keys alone. */
export interface DocumentRow {
  readonly id: number;
  readonly 'approvable-id': number;
  readonly 'approvable-type': string;
  readonly status: string;
  readonly 'updated-at': string | null;
}

/** One page of another type's pending rows, asked of Coupa; `limit` is 50 at most. */
export interface DocumentsRequest {
  readonly type: string;
  readonly approverUserId?: number;
  readonly afterId?: number;
  readonly limit: number;
}

export interface ApiDeps {
  /** Several, so that they rotate; the name of the one presented is the caller's. */
  readonly keys: readonly { readonly name: string; readonly secret: Secret }[];
  readonly references: References;
  /** Whether decisions are taken (`decide`), and whether messages are sent at all (not in `shadow`). */
  readonly mode: Mode;
  readonly rejectReason: 'optional' | 'required';
  /** What may be decided through this API; anything else is left to Coupa. */
  readonly cardActions: readonly Action[];
  /** Whether SAP Concur is set up: without it nothing is created there. */
  readonly concur: boolean;
  readonly engine: Engine;
  /** Asks Coupa who has this address. Throws when Coupa cannot say. */
  readonly resolveUser: (address: string) => Promise<ResolvedUser>;
  /** Asks Coupa which groups somebody is a member of. Throws when Coupa cannot say. */
  readonly groupsOf: (userId: number) => Promise<readonly number[]>;
  /** Asks Coupa for other documents that wait. Throws when Coupa cannot say. */
  readonly documents: (request: DocumentsRequest) => Promise<readonly DocumentRow[]>;
  readonly logger: ApiLogger;
  /** How many proxies in front may be believed about the caller's network address; 0: none. */
  readonly trustProxy: number;
  /** Where callers reach this API, for `/openapi.json`. */
  readonly publicUrl?: string | undefined;
  readonly now?: () => Date;
  /** Aborted by the first signal to stop: readiness then says no, while requests are still taken. */
  readonly draining?: AbortSignal;
  /** Aborted when the server is about to close: waits for an answer end with 202. */
  readonly closing?: AbortSignal;
}
