import type { Secret } from '../../../contract/secret.ts';
import { sleep } from '../../http/aborting.ts';
import { TerminalError } from '../../http/errors.ts';
import { newRequestToken } from './advice.ts';
import type { TokenEndpoint } from './ask.ts';
import { fileFacts, TokenRefusedError } from './errors.ts';
import type { FreshAccess } from './held-access.ts';
import type { Keeper } from './keeper.ts';
import type { StoredToken } from './token-file.ts';

export interface ExchangeOptions {
  readonly endpoint: TokenEndpoint;
  readonly keeper: Keeper;
  readonly companyUuid: string;
  readonly requestToken: Secret | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Exchanges one credential for the next. Runs under the token file's lock. */
export interface Exchange {
  /** By the stored refresh token; by the request token where none is stored. */
  next(): Promise<FreshAccess>;
  /** By the request token. */
  first(): Promise<FreshAccess>;
}

/** SAP's code for a refresh token that is bad or expired, as one that was exchanged already is. */
const SPENT = 108;
/** When the file is looked at again after a refresh token was refused, in milliseconds. */
const LOOK_AGAIN_MS = [0, 1000];

/** See `Exchange`. */
export function createExchange({
  endpoint,
  keeper,
  companyUuid,
  requestToken,
  now,
}: ExchangeOptions): Exchange {
  async function refreshOnce(stored: StoredToken): Promise<FreshAccess> {
    const askedAtMs = now();
    const answer = await endpoint.ask('refresh', stored.origin, {
      grant_type: 'refresh_token',
      refresh_token: stored.refreshToken.reveal(),
    });
    return keeper.settle({ answer, askedAtMs, replaces: stored, inherits: true });
  }

  /**
   * A process that was taken for dead may have exchanged the same token and be about to write the next one: so the
   * file is looked at again before a refresh token is called lost.
   */
  async function refresh(stored: StoredToken): Promise<FreshAccess> {
    try {
      return await refreshOnce(stored);
    } catch (error) {
      if (!(error instanceof TokenRefusedError && error.code === SPENT)) throw error;
      for (const waitMs of LOOK_AGAIN_MS) {
        await sleep(waitMs);
        const later = keeper.present();
        if (later !== undefined && later.refreshToken.reveal() !== stored.refreshToken.reveal()) {
          return refreshOnce(later);
        }
      }
      throw error;
    }
  }

  /** `before`: what the file holds, already looked at, so that a file which is not ours is never replaced. */
  async function byRequestToken(before: StoredToken | undefined): Promise<FreshAccess> {
    if (requestToken === undefined) throw noRequestToken(before);
    const askedAtMs = now();
    const answer = await endpoint.ask('company', endpoint.authOrigin, {
      grant_type: 'password',
      username: companyUuid,
      password: requestToken.reveal(),
      credtype: 'authtoken',
    });
    return keeper.settle({ answer, askedAtMs, replaces: before, inherits: false });
  }

  /** What the file holds, once it is certain that it can be replaced. */
  function replaceable(): StoredToken | undefined {
    const stored = keeper.present();
    if (stored !== undefined) keeper.rehearse();
    return stored;
  }

  return {
    async next() {
      const stored = replaceable();
      return stored === undefined ? byRequestToken(stored) : refresh(stored);
    },
    async first() {
      return byRequestToken(replaceable());
    },
  };
}

/** There is nothing to exchange: what to do, with a token file and without. */
export function noRequestToken(stored: StoredToken | undefined): TerminalError {
  const [what, command] =
    stored === undefined
      ? ['there is no token file yet', 'countersign concur token']
      : ['there is no request token to exchange', 'countersign concur token --new'];
  return new TerminalError(`${what}; ${newRequestToken(command)}`, fileFacts);
}
