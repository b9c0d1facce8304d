import type { Secret } from '../../contract/secret.ts';
import { fixedBearer, mintedBearer } from '../http/bearer.ts';
import { perMinute } from '../http/per-minute.ts';
import { createRateLimiter } from '../http/rate-limiter.ts';
import { createHttp } from '../http/request.ts';
import { createTokenSource } from '../http/token-source.ts';
import { moveworksWords } from './error-words.ts';
import { send, type SendOptions, type SendReceipt } from './send.ts';
import { mintMoveworksToken } from './token.ts';

export type MoveworksAuth =
  | { readonly kind: 'apiKey'; readonly apiKey: Secret }
  | { readonly kind: 'oauth'; readonly clientId: string; readonly clientSecret: Secret };

export interface MoveworksClientOptions {
  readonly baseUrl: string;
  readonly auth: MoveworksAuth;
  readonly requestsPerMinute: number;
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** Moveworks' Events API. Every method throws the errors of `http/errors.ts`. */
export interface MoveworksClient {
  send(options: SendOptions): Promise<SendReceipt>;
  /** Resolves when Moveworks accepts the credential (`GET /rest/v1/auth/test`); a TerminalError when it does not. */
  testCredential(signal?: AbortSignal): Promise<void>;
}

const TIMEOUT_MS = 30_000;
const MAX_BODY_BYTES = 256 * 1024;
/** "On 429 sleep 60 seconds" is Moveworks' rule; it documents no Retry-After. */
const MIN_RETRY_AFTER_MS = 60_000;

/** Creates a client with its own credential and one limiter for everything it sends, token requests included. */
export function createMoveworksClient(options: MoveworksClientOptions): MoveworksClient {
  const { auth } = options;
  const shared = {
    vendor: 'moveworks',
    baseUrl: options.baseUrl,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    maxBodyBytes: MAX_BODY_BYTES,
    // For the whole organisation, other integrations included; an excess is punished with a minute's pause.
    limiter: createRateLimiter(perMinute(options.requestsPerMinute)),
    minRetryAfterMs: MIN_RETRY_AFTER_MS,
    fetch: options.fetch,
  };
  const tokenHttp = createHttp(shared);
  const authorize =
    auth.kind === 'apiKey'
      ? fixedBearer(auth.apiKey)
      : mintedBearer(
          createTokenSource({ mint: (signal) => mintMoveworksToken(tokenHttp, auth, signal), settleMs: 0 }),
        );
  const http = createHttp({ ...shared, authorize, words: moveworksWords });

  return {
    send: (o) => send(http, o),
    async testCredential(signal) {
      await http({
        method: 'GET',
        path: '/rest/v1/auth/test',
        operation: 'GET /rest/v1/auth/test',
        effect: 'read',
        signal,
      });
    },
  };
}
