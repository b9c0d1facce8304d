import { RetryableError, TerminalError, type ErrorFacts } from '../../http/errors.ts';
import type { TokenAnswer } from './answer.ts';
import { tokenOperation, vendor } from './errors.ts';
import { geolocationOrigin } from './geolocation.ts';
import { usableUntilMs, type FreshAccess } from './held-access.ts';
import type { StoredToken, TokenFile } from './token-file.ts';

export interface KeeperOptions {
  readonly file: TokenFile;
  readonly authOrigin: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** An answer, and what it was given for. */
interface Exchanged {
  readonly answer: TokenAnswer;
  /** When it was asked for; milliseconds since the epoch. */
  readonly askedAtMs: number;
  /** What the file held. */
  readonly replaces: StoredToken | undefined;
  /** A refresh may leave out what stays as it was. */
  readonly inherits: boolean;
}

/** Sees to it that no refresh token is lost between an answer and the file. */
export interface Keeper {
  /** What the file holds, after another try to write what could not be written. Throws as the file does. */
  present(): StoredToken | undefined;
  /** Whether there is a refresh token in memory alone. */
  hasUnwritten(): boolean;
  /** Throws as `TokenFile.rehearse` does, before anything is spent. */
  rehearse(): void;
  /**
   * Stores an answer's refresh token, then gives out its access token. Throws as the file does, and a `TerminalError`
   * or a `RetryableError` for an answer that lacks a part or names a geolocation that is refused.
   */
  settle(exchanged: Exchanged): FreshAccess;
}

const facts: ErrorFacts = { vendor, operation: tokenOperation };

/** See `Keeper`. */
export function createKeeper({ file, authOrigin, now }: KeeperOptions): Keeper {
  /** What could not be written, and the refresh token that it replaces. */
  let unwritten: { readonly next: StoredToken; readonly replaces: string | undefined } | undefined;

  function write(next: StoredToken, replaces: StoredToken | undefined): void {
    unwritten = { next, replaces: replaces?.refreshToken.reveal() };
    file.write(next);
    unwritten = undefined;
  }

  return {
    present() {
      const stored = file.read();
      if (unwritten === undefined) return stored;
      // Somebody else has put a newer one there. A file that is gone says nothing: ours is all that is left.
      if (stored !== undefined && unwritten.replaces !== stored.refreshToken.reveal()) {
        unwritten = undefined;
        return stored;
      }
      write(unwritten.next, stored);
      return file.read();
    },
    hasUnwritten: () => unwritten !== undefined,
    rehearse() {
      file.rehearse();
    },
    settle({ answer, askedAtMs, replaces, inherits }) {
      const before = inherits ? replaces : undefined;
      const place =
        answer.geolocation === undefined ? undefined : geolocationOrigin(answer.geolocation, authOrigin);
      const origin = place !== undefined && 'origin' in place ? place.origin : before?.origin;
      const refreshToken = answer.refreshToken ?? before?.refreshToken;
      // Stored before anything else is looked at: whatever the answer lacks, its refresh token must not be lost.
      if (origin !== undefined && refreshToken !== undefined) {
        const refreshExpiresAtSeconds =
          answer.refreshExpiresAtSeconds ??
          (answer.refreshToken === undefined ? before?.refreshExpiresAtSeconds : undefined);
        write({ refreshToken, refreshExpiresAtSeconds, origin, writtenAtMs: now() }, replaces);
      }
      if (place !== undefined && 'why' in place) {
        throw new TerminalError(
          `the token's geolocation is refused: ${place.why}; the token is not used, report this to SAP Concur`,
          facts,
        );
      }
      if (origin === undefined) {
        throw new TerminalError('the answer names no geolocation; report this to SAP Concur', facts);
      }
      if (refreshToken === undefined) {
        throw new TerminalError(
          'the answer has no refresh token; allow the grant refresh_token in OAuth 2.0 Application Management, then try again',
          facts,
        );
      }
      if (answer.accessToken === undefined) {
        throw new RetryableError('the answer has no access token; try again', facts);
      }
      return {
        token: answer.accessToken,
        origin,
        usableUntilMs: usableUntilMs(askedAtMs, answer.lifetimeMs),
      };
    },
  };
}
