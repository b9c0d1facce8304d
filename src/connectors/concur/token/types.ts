import type { Secret } from '../../../contract/secret.ts';

/** A token that may be used now, and the geolocation it belongs to: requests go to that origin and no other. */
export interface ConcurAccess {
  readonly token: Secret;
  /** Such as `https://us2.api.concursolutions.com`, without a path. */
  readonly origin: string;
}

/** Where the client gets its credential. */
export interface ConcurTokens {
  /** Throws the errors of `http/errors.ts`: a `TerminalError` says what an operator has to do. */
  access(signal?: AbortSignal): Promise<ConcurAccess>;
  /** Concur refused this token: the next call gets another one. A token already replaced is ignored. */
  refused(token: Secret): void;
}
