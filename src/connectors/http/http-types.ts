import type { Bearer } from './bearer.ts';
import type { BodyText } from './body.ts';
import type { Effect } from './network-failure.ts';
import type { Priority, RateLimiter } from './rate-limiter.ts';
import type { Query } from './url.ts';

/** What all calls to one vendor share. */
export interface HttpOptions {
  readonly vendor: string;
  /** May carry a path; request paths are appended to it. */
  readonly baseUrl: string;
  /** For one attempt, from sending to the last byte of the body; waiting for the limiter does not count. */
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly limiter?: RateLimiter | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** The bearer credential; without it calls carry none. */
  readonly authorize?: Bearer | undefined;
  /**
   * Each call has a connection of its own, for a vendor whose writes nobody can look up: a kept connection may be dead
   * without showing it, and a write that is sent into it has an unknown outcome (P5).
   */
  readonly freshConnections?: boolean | undefined;
  /** The least wait after a 429, where a vendor documents one, in milliseconds. */
  readonly minRetryAfterMs?: number | undefined;
  /**
   * How long to wait after an answer of this status, or after a read that took too long, in milliseconds; `askedMs` is
   * what `Retry-After` says. For vendors with rules of their own, which then go before `minRetryAfterMs`.
   */
  readonly waitAfter?: ((what: number | 'timeout', askedMs?: number) => number | undefined) | undefined;
  /** The right that a route needs, by its pattern, for the error that says it is missing. */
  readonly rightFor?: ((operation: string) => string | undefined) | undefined;
  /** Finds the vendor's own validation messages in a refusal's body. */
  readonly words?: ((body: unknown) => readonly string[]) | undefined;
}

/** One call. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Appended to the base URL; starts with a slash, its segments already percent-encoded. */
  readonly path: string;
  /** The route's pattern for errors and logs (P9), e.g. `GET /api/approvals/:id`. */
  readonly operation: string;
  readonly query?: Query | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent form-urlencoded. */
  readonly form?: Readonly<Record<string, string>> | undefined;
  readonly effect: Effect;
  /** Statuses besides 2xx that the caller handles itself; their body is undefined unless it is good JSON. */
  readonly accept?: readonly number[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly priority?: Priority | undefined;
  /** Called right before it is sent, after all waiting: what it throws is thrown, and nothing is sent. */
  readonly beforeSend?: (() => void) | undefined;
}

/** An answer: 2xx, or a status that the call accepts. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, still unchecked; undefined when empty. */
  readonly body: unknown;
  readonly requestId: string | undefined;
}

/** What came back, before anything is made of it. */
export interface Exchange {
  readonly response: Response;
  readonly body: BodyText;
}

/**
 * Sends one request. Throws a `ConnectorError`; or the signal's reason when it aborts a read, or a write of which
 * nothing was sent yet. An abort of a write under way is an `UnknownOutcomeError` (P5).
 */
export type HttpRequest = (call: HttpCall) => Promise<HttpAnswer>;
