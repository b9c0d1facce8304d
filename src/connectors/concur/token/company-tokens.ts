import type { Secret } from '../../../contract/secret.ts';
import { orAborted } from '../../http/aborting.ts';
import { singleFlight } from '../../http/single-flight.ts';
import { backingOff } from './back-off.ts';
import { createTokenEndpoint, type TokenEndpointOptions } from './ask.ts';
import { createExchange, noRequestToken } from './exchange.ts';
import { holdAccess } from './held-access.ts';
import { createKeeper } from './keeper.ts';
import { underLock } from './lock.ts';
import { openTokenFile, type StoredToken } from './token-file.ts';
import type { ConcurTokens } from './types.ts';

export interface CompanyTokensOptions extends TokenEndpointOptions {
  readonly companyUuid: string;
  /** For the first exchange alone; good for 24 hours. */
  readonly requestToken?: Secret | undefined;
  /** Made readable for its owner alone, as is its folder when it has to be made. */
  readonly tokenFile: string;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
  /** The age of the token file at which `renewIfDue` renews it; 7 days unless told. */
  readonly renewEveryMs?: number | undefined;
  /** How long another process' work on the token file is waited for; 30 s unless told. */
  readonly lockWaitMs?: number | undefined;
}

/** What the token file says, without its secret. */
export interface TokenState {
  /** An origin. */
  readonly geolocation: string;
  readonly companyUuid: string;
  /** When the refresh token ends unless it is renewed; milliseconds since the epoch, undefined where Concur did not say. */
  readonly refreshExpiresAtMs?: number | undefined;
  readonly writtenAtMs: number;
}

/** The company's access, and the care of its refresh token. */
export interface CompanyTokens extends ConcurTokens {
  /** Exchanges the request token anew, also over a token file of the same company. Throws as `access` does. */
  bootstrap(signal?: AbortSignal): Promise<TokenState>;
  /** Renews a token file that nobody has renewed for `renewEveryMs`; without a file nothing is due. */
  renewIfDue(signal?: AbortSignal): Promise<'renewed' | 'not due'>;
  /** Undefined without a file; throws a TerminalError that names a file which is not ours or cannot be read. */
  state(): TokenState | undefined;
  /**
   * Resolves when no exchange is under way. A process that ends before may take the only refresh token that still
   * works with it; an exchange ends within two minutes.
   */
  settled(): Promise<void>;
}

/** SAP's refresh tokens last six months and are extended by each use. */
const RENEW_EVERY_MS = 7 * 24 * 60 * 60_000;

/**
 * The tokens of a company (SAP's password grant with `credtype=authtoken`, then `refresh_token`). Refresh tokens
 * rotate, so that one process at a time exchanges the stored one, and stores the next before the access token beside
 * it is used. Access tokens are kept in memory. An abort ends the caller's wait, never an exchange under way.
 * Throws a TypeError at once when `authUrl` is none of SAP's hosts.
 */
export function createCompanyTokens(options: CompanyTokensOptions): CompanyTokens {
  const { companyUuid, requestToken, tokenFile, now = Date.now, renewEveryMs = RENEW_EVERY_MS } = options;
  const endpoint = createTokenEndpoint(options);
  const file = openTokenFile(tokenFile, companyUuid, endpoint.authOrigin);
  const keeper = createKeeper({ file, authOrigin: endpoint.authOrigin, now });
  const exchange = createExchange({ endpoint, keeper, companyUuid, requestToken, now });
  const underWay = new Set<Promise<unknown>>();
  const alone = <T>(run: () => Promise<T>) =>
    underLock(
      tokenFile,
      async () => {
        const work = run();
        underWay.add(work);
        return work.finally(() => underWay.delete(work));
      },
      { waitMs: options.lockWaitMs },
    );

  const obtain = backingOff(
    async () => {
      // Nothing is locked, and no folder made, where there is nothing to exchange.
      const stored = file.read();
      const isNone = stored === undefined && requestToken === undefined && !keeper.hasUnwritten();
      if (isNone) throw noRequestToken(stored);
      return alone(() => exchange.next());
    },
    { now, credential: () => file.read()?.refreshToken.reveal() ?? '' },
  );
  const held = holdAccess(obtain, now);

  const bootstrap = singleFlight(async () => {
    const stored = file.read();
    if (requestToken === undefined) throw noRequestToken(stored);
    await alone(async () => held.keep(await exchange.first()));
  });

  const renew = singleFlight(async () => {
    if (!isDue(file.read())) return 'not due';
    return alone(async () => {
      // Another process may have renewed it while we waited for the lock.
      if (!isDue(file.read())) return 'not due';
      held.keep(await exchange.next());
      return 'renewed';
    });
  });

  /** A file from the future counts as old: a clock that was wrong once must not let the token lapse. */
  function isDue(stored: StoredToken | undefined): boolean {
    return stored !== undefined && Math.abs(now() - stored.writtenAtMs) >= renewEveryMs;
  }

  function state(): TokenState | undefined {
    const stored = file.read();
    if (stored === undefined) return undefined;
    const { origin, refreshExpiresAtSeconds, writtenAtMs } = stored;
    return {
      geolocation: origin,
      companyUuid,
      refreshExpiresAtMs: refreshExpiresAtSeconds === undefined ? undefined : refreshExpiresAtSeconds * 1000,
      writtenAtMs,
    };
  }

  return {
    access: (signal) => held.access(signal),
    refused: (token) => held.refused(token),
    async bootstrap(signal) {
      signal?.throwIfAborted();
      await orAborted(bootstrap(), signal);
      const written = state();
      if (written === undefined) throw new Error(`${tokenFile} is gone just after it was written`);
      return written;
    },
    async renewIfDue(signal) {
      signal?.throwIfAborted();
      return orAborted(renew(), signal);
    },
    state,
    async settled() {
      await Promise.allSettled(underWay);
    },
  };
}
