import type { Secret } from '../../../contract/secret.ts';
import { concurOrigin } from '../../../contract/origins.ts';
import { TerminalError } from '../../http/errors.ts';
import type { HttpAnswer } from '../../http/http-types.ts';
import { createHttp } from '../../http/request.ts';
import type { Grant } from './advice.ts';
import { readTokenAnswer, type TokenAnswer } from './answer.ts';
import { refusalOf, tokenFacts, tokenOperation, tokenPath, tokenRefusal, vendor } from './errors.ts';
import { geolocationOrigin } from './geolocation.ts';

/** How to reach the token endpoint, and as which application. */
export interface TokenEndpointOptions {
  /** Where first tokens come from: SAP's global landing zone, or a data centre. */
  readonly authUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** For one request; 60 s unless told, in which SAP says its services answer. */
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** Asks one origin, whose place among SAP's hosts was checked, for a token. */
export interface TokenEndpoint {
  readonly authOrigin: string;
  /**
   * Follows SAP's "user lives elsewhere" (16) once, to a geolocation that is SAP's. Throws a `TokenRefusedError` with
   * what an operator does, a `RetryableError` for 5xx, 429, maintenance and a broken connection. Cannot be aborted:
   * the answer may hold the only refresh token that still works.
   */
  ask(grant: Grant, origin: string, form: Readonly<Record<string, string>>): Promise<TokenAnswer>;
}

const TIMEOUT_MS = 60_000;
const MAX_BODY_BYTES = 256 * 1024;
/** Statuses that SAP documents with an error body. */
const REFUSALS = [400, 401, 403, 404];
/** SAP's code for a principal whose data is in another data centre. */
const LIVES_ELSEWHERE = 16;

/**
 * The token endpoint. Credentials travel in the form's body alone: SAP rejects requests with credentials in the URL.
 * Throws a TypeError at once when `authUrl` is none of SAP's hosts.
 */
export function createTokenEndpoint(options: TokenEndpointOptions): TokenEndpoint {
  const { authUrl, clientId, clientSecret, timeoutMs = TIMEOUT_MS } = options;
  const auth = concurOrigin(authUrl);
  if ('why' in auth) throw new TypeError(`CONCUR_AUTH_URL is refused: ${auth.why}`);
  const authOrigin = auth.origin;

  async function post(origin: string, form: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const http = createHttp({
      vendor,
      baseUrl: origin,
      timeoutMs,
      maxBodyBytes: MAX_BODY_BYTES,
      // It goes where purchase requests go, and would leave a kept connection to them.
      freshConnections: true,
      fetch: options.fetch,
    });
    return http({
      method: 'POST',
      path: tokenPath,
      operation: tokenOperation,
      form: { client_id: clientId, client_secret: clientSecret.reveal(), ...form },
      // Whoever waits for the token has written nothing yet: a lost answer must not look like a lost write (P5).
      effect: 'read',
      accept: REFUSALS,
    });
  }

  async function ask(
    grant: Grant,
    origin: string,
    form: Readonly<Record<string, string>>,
    redirected = false,
  ): Promise<TokenAnswer> {
    const answer = await post(origin, form);
    if (!REFUSALS.includes(answer.status)) return readTokenAnswer(answer);
    const refusal = refusalOf(answer);
    const { code, geolocation } = refusal;
    if (code !== LIVES_ELSEWHERE || geolocation === undefined || redirected) {
      throw tokenRefusal(answer, refusal, grant);
    }
    const elsewhere = geolocationOrigin(geolocation, authOrigin);
    if ('why' in elsewhere) {
      throw new TerminalError(
        `Concur sends us to a geolocation that is refused: ${elsewhere.why}; report this to SAP Concur`,
        tokenFacts(answer),
      );
    }
    // It only redirects: the token's own geolocation stands in the answer from there.
    return ask(grant, elsewhere.origin, form, true);
  }

  return { authOrigin, ask: (grant, origin, form) => ask(grant, origin, form) };
}
