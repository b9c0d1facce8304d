import { oneLine } from './one-line.ts';

/**
 * Connector errors, by consequence: what a caller does next follows from the class alone.
 * Messages are one line (what happened; what to do) and hold no body, no query and no secret (P9).
 */

/** What an error knows about the call that failed. `operation` is the route's pattern, never the filled-in URL. */
export interface ErrorFacts {
  readonly vendor: string;
  readonly operation: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** Base of all errors that a connector throws on purpose; an aborted call rethrows its signal's reason instead. */
export class ConnectorError extends Error {
  override readonly name: string = 'ConnectorError';
  readonly vendor: string;
  readonly operation: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** How long the vendor asks us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, facts: ErrorFacts) {
    super(`${facts.vendor} ${facts.operation}: ${message}`);
    this.vendor = facts.vendor;
    this.operation = facts.operation;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** Nothing happened, or it was a read: the same call may be made again. */
export class RetryableError extends ConnectorError {
  override readonly name: string = 'RetryableError';
}

/** The same call cannot succeed as it is: somebody has to change a setting, a right, or the call. */
export class TerminalError extends ConnectorError {
  override readonly name: string = 'TerminalError';
}

/** The vendor understood the write and says no, in its own words. Nothing was written. */
export class RefusedError extends TerminalError {
  override readonly name: string = 'RefusedError';
  // Private, so that loggers which copy an error's own properties do not print a vendor's text (P9).
  readonly #words: readonly string[];

  constructor(message: string, facts: ErrorFacts, words: readonly string[] = []) {
    super(message, facts);
    this.#words = boundWords(words);
  }

  /** The vendor's validation messages: at most 5 of 300 characters each, one line each. For people, never to match on. */
  get words(): readonly string[] {
    return this.#words;
  }
}

/** A write that may have happened. Never repeat it blindly: read first, and compare (P5). */
export class UnknownOutcomeError extends ConnectorError {
  override readonly name: string = 'UnknownOutcomeError';
}

const MAX_WORDS = 5;
const MAX_WORD_CHARS = 300;

function boundWords(words: readonly string[]): string[] {
  return words
    .map((word) => oneLine(word, MAX_WORD_CHARS))
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
}
