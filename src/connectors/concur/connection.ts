import { randomUUID } from 'node:crypto';
import { concurOrigin } from '../../contract/origins.ts';
import { ConnectorError, TerminalError } from '../http/errors.ts';
import type { HttpAnswer, HttpCall, HttpOptions, HttpRequest } from '../http/http-types.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';
import { createHttp } from '../http/request.ts';
import { createRenewals } from './renewals.ts';
import { createRest } from './rest.ts';
import { scopeFor } from './scope-for.ts';
import type { ConcurAccess, ConcurTokens } from './token/types.ts';
import { concurWaits } from './waits.ts';

export interface ConnectionOptions extends Pick<HttpOptions, 'timeoutMs' | 'maxBodyBytes' | 'fetch'> {
  readonly tokens: ConcurTokens;
  readonly limiter: RateLimiter;
  /** How long nothing is sent after a 503, and how long a read without an answer should wait, in milliseconds. */
  readonly restMs: number;
}

/** SAP's support asks for it: Concur's id of one call. */
export const CORRELATION_ID = 'concur-correlationid';

/**
 * The request function of SAP Concur. It goes to the geolocation of the present token; after a 401 or a 403, by which
 * SAP also says that a token has expired, once more with the next one, whose geolocation may be another. Both say that
 * nothing was done, so a write is repeated like a read. While it rests after a 503, nothing is sent.
 */
export function createConnection(options: ConnectionOptions): HttpRequest {
  const { tokens, limiter, restMs, timeoutMs, maxBodyBytes } = options;
  const rest = createRest();
  const renewals = createRenewals();
  const byOrigin = new Map<string, HttpRequest>();

  function httpFor(origin: string, operation: string): HttpRequest {
    const known = byOrigin.get(origin);
    if (known) return known;
    // The token's source has looked already; a bearer token is worth a second look.
    const checked = concurOrigin(origin);
    if ('why' in checked) {
      throw new TerminalError(`the geolocation is refused: ${checked.why}`, { vendor: 'concur', operation });
    }
    const http = createHttp({
      vendor: 'concur',
      baseUrl: checked.origin,
      timeoutMs,
      maxBodyBytes,
      freshConnections: true,
      rightFor: scopeFor,
      waitAfter: concurWaits(restMs),
      fetch: options.fetch,
    });
    byOrigin.set(origin, http);
    return http;
  }

  /** Waits for a token and for a place in the queue; asks for the token again, which may have aged meanwhile. */
  async function place({ operation, signal, priority }: HttpCall): Promise<ConcurAccess> {
    rest.check(operation);
    await tokens.access(signal);
    await rest.unlessBegun(operation, signal, (ended) => limiter.acquire({ signal: ended, priority }));
    const access = await tokens.access(signal);
    rest.check(operation);
    return access;
  }

  /** Sends the call, and once more when the token was refused: another one may help. */
  async function send(call: HttpCall): Promise<HttpAnswer> {
    for (let hasRenewed = false; ; hasRenewed = true) {
      const { token, origin } = await place(call);
      const headers = { ...call.headers, authorization: `Bearer ${token.reveal()}` };
      try {
        const answer = await httpFor(origin, call.operation)({ ...call, headers });
        renewals.helped(call.operation);
        return answer;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        if (hasRenewed) renewals.wasInVain(call.operation);
        if (hasRenewed || !renewals.mayHelp(call.operation, call.effect)) throw error;
        tokens.refused(token);
      }
    }
  }

  return async function request(call) {
    try {
      return await send({ ...call, headers: { [CORRELATION_ID]: randomUUID(), ...call.headers } });
    } catch (error) {
      // A 503 to a request for a token counts as well: it is the same vendor that asks for a pause.
      if (error instanceof ConnectorError && error.status === 503) {
        rest.begin(Math.max(restMs, error.retryAfterMs ?? 0));
      }
      throw error;
    }
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof ConnectorError && (error.status === 401 || error.status === 403);
}
