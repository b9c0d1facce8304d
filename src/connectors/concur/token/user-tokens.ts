import type { Secret } from '../../../contract/secret.ts';
import { TerminalError } from '../../http/errors.ts';
import { createTokenEndpoint, type TokenEndpointOptions } from './ask.ts';
import { tokenOperation, TokenRefusedError, vendor } from './errors.ts';
import { geolocationOrigin } from './geolocation.ts';
import { holdAccess, usableUntilMs, type FreshAccess } from './held-access.ts';
import { readIdToken, type UserIdentity } from './identity.ts';
import type { ConcurTokens } from './types.ts';

export interface UserTokensOptions extends TokenEndpointOptions {
  readonly login: string;
  readonly password: Secret;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

/** One user's access, for trying payloads out: Concur gives whatever is created with it to this user. */
export interface UserTokens extends ConcurTokens {
  /** Who this user is to Concur; gets a token when there is none. Throws as `access` does. */
  identity(signal?: AbortSignal): Promise<UserIdentity>;
}

const facts = { vendor, operation: tokenOperation };

/**
 * The tokens of one user (SAP's password grant with `credtype=password`), in memory alone: nothing is written, and a
 * token that is used up is asked for anew. A refused login is not tried again, since Concur locks accounts.
 * Throws a TypeError at once when `authUrl` is none of SAP's hosts.
 */
export function createUserTokens(options: UserTokensOptions): UserTokens {
  const { login, password, now = Date.now } = options;
  const endpoint = createTokenEndpoint(options);
  let idToken: Secret | undefined;
  let refusal: TokenRefusedError | undefined;

  async function logIn(): Promise<FreshAccess> {
    if (refusal !== undefined) throw refusal;
    const askedAtMs = now();
    const answer = await endpoint
      .ask('user', endpoint.authOrigin, {
        grant_type: 'password',
        username: login,
        password: password.reveal(),
        credtype: 'password',
      })
      .catch((error: unknown) => {
        if (error instanceof TokenRefusedError) refusal = error;
        throw error;
      });
    const { accessToken, geolocation, lifetimeMs } = answer;
    const place =
      geolocation === undefined
        ? { why: 'the answer names none' }
        : geolocationOrigin(geolocation, endpoint.authOrigin);
    if ('why' in place) {
      throw new TerminalError(
        `the token's geolocation is refused: ${place.why}; the token is not used, report this to SAP Concur`,
        facts,
      );
    }
    if (accessToken === undefined) {
      throw new TerminalError('the answer has no access token; report this to SAP Concur', facts);
    }
    idToken = answer.idToken;
    return { token: accessToken, origin: place.origin, usableUntilMs: usableUntilMs(askedAtMs, lifetimeMs) };
  }

  const held = holdAccess(logIn, now);
  return {
    access: (signal) => held.access(signal),
    refused: (token) => held.refused(token),
    async identity(signal) {
      await held.access(signal);
      if (idToken !== undefined) return readIdToken(idToken);
      throw new TerminalError(
        'the answer has no id token, so the user is not known; look the UUID up in Concur',
        facts,
      );
    },
  };
}
