import { z } from 'zod';
import { Secret } from '../../contract/secret.ts';
import { checkBody } from '../http/check.ts';
import { ConnectorError, TerminalError } from '../http/errors.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-types.ts';
import type { MintedToken } from '../http/token-source.ts';

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.number().positive()),
});

const refusalSchema = z.object({ error: z.string().regex(/^[a-z_]{1,60}$/) });

export interface CoupaCredential {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly scopes: readonly string[];
  /** Asked for beside `scopes`, and done without where Coupa does not grant them. */
  readonly optionalScopes?: readonly string[] | undefined;
  readonly tokenPath: string;
}

/** Mints tokens, and knows which scopes the last one was granted. */
interface CoupaMint {
  /** Throws a TerminalError with the OAuth error code when Coupa refuses (400 `invalid_scope`, 401 `invalid_client`). */
  mint(signal: AbortSignal): Promise<MintedToken>;
  /** Whether the last token carries this scope. One minted without naming any carries all that Coupa granted. */
  carries(scope: string): boolean;
}

/** How long optional scopes are not asked for again after a refusal: each asking costs a request. */
const OPTIONAL_PAUSE_MS = 60 * 60_000;

/** How long the scopes that were found missing are named without asking for each of them again. */
const DIAGNOSIS_KEPT_MS = 60_000;

/**
 * Mints access tokens by client credentials (`POST /oauth2/token`, form-urlencoded, scopes joined by one space). When
 * Coupa refuses the optional scopes along with the others (`invalid_scope`; it names no scope), the token is asked for
 * again without them at once. When it refuses one that is needed, each is asked for by itself, so that the error names
 * the missing ones. `now` is in milliseconds of any epoch.
 */
export function createCoupaMint(
  http: HttpRequest,
  credential: CoupaCredential,
  now: () => number = Date.now,
): CoupaMint {
  const operation = `POST ${credential.tokenPath}`;
  const scopes = splitScopes(credential.scopes);
  // Without scopes of its own the client asks for none and is given all; naming one would narrow the token to it.
  const optional = scopes.length === 0 ? [] : splitScopes(credential.optionalScopes ?? []);
  let pausedUntilMs = -Infinity;
  let granted: readonly string[] = [];
  let diagnosis: { readonly missing: readonly string[]; readonly untilMs: number } | undefined;

  /** Which of the scopes Coupa refuses by themselves; none when it cannot be found out now. */
  async function missingScopes(signal: AbortSignal): Promise<readonly string[]> {
    if (diagnosis !== undefined && now() < diagnosis.untilMs) return diagnosis.missing;
    const missing: string[] = [];
    try {
      for (const scope of scopes) {
        const answer = await askForToken(http, credential, [scope], signal);
        if (answer.status !== 200 && errorCode(answer) === 'invalid_scope') missing.push(scope);
      }
    } catch (error) {
      // What is wrong stays to be said, if not which scope it is.
      if (error instanceof ConnectorError) return [];
      throw error;
    }
    diagnosis = { missing, untilMs: now() + DIAGNOSIS_KEPT_MS };
    return missing;
  }

  return {
    async mint(signal) {
      const withOptional = optional.length > 0 && now() >= pausedUntilMs;
      let asked = withOptional ? [...new Set([...scopes, ...optional])] : scopes;
      let answer = await askForToken(http, credential, asked, signal);
      if (withOptional && answer.status !== 200 && errorCode(answer) === 'invalid_scope') {
        pausedUntilMs = now() + OPTIONAL_PAUSE_MS;
        asked = scopes;
        answer = await askForToken(http, credential, asked, signal);
      }
      if (answer.status !== 200) {
        const missing = errorCode(answer) === 'invalid_scope' ? await missingScopes(signal) : [];
        throw refused(answer, operation, missing);
      }
      const body = checkBody(tokenSchema, answer, { vendor: 'coupa', operation });
      granted = asked;
      return { token: new Secret(body.access_token), lifetimeMs: body.expires_in * 1000 };
    },
    carries: (scope) => granted.length === 0 || granted.includes(scope),
  };
}

async function askForToken(
  http: HttpRequest,
  credential: CoupaCredential,
  scopes: readonly string[],
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return http({
    method: 'POST',
    path: credential.tokenPath,
    operation: `POST ${credential.tokenPath}`,
    form: {
      grant_type: 'client_credentials',
      client_id: credential.clientId,
      client_secret: credential.clientSecret.reveal(),
      scope: scopes.join(' '),
    },
    // A token minted and lost does no harm, so this may be repeated like a read.
    effect: 'read',
    accept: [400, 401],
    signal,
    // Every call waits for it, a decision perhaps among them (P11).
    priority: 'decide',
  });
}

/** Coupa's own pages list scopes with commas, and people paste them so. */
function splitScopes(scopes: readonly string[]): string[] {
  return scopes.flatMap((scope) => scope.split(/[\s,]+/)).filter((scope) => scope !== '');
}

function errorCode(answer: HttpAnswer): string {
  const parsed = refusalSchema.safeParse(answer.body);
  return parsed.success ? parsed.data.error : 'no error code';
}

function refused(answer: HttpAnswer, operation: string, missing: readonly string[]): TerminalError {
  const code = errorCode(answer);
  return new TerminalError(`HTTP ${answer.status}, no token (${code}); ${adviceOn(code, missing)}`, {
    vendor: 'coupa',
    operation,
    status: answer.status,
    requestId: answer.requestId,
  });
}

function adviceOn(code: string, missing: readonly string[]): string {
  if (code !== 'invalid_scope') return 'check client id, secret and scopes';
  // Only what looks like a scope is repeated: a secret may have been typed in its place (P9).
  const named = missing.filter((scope) => /^[a-z_]{1,40}(\.[a-z_]{1,40}){1,4}$/.test(scope));
  return named.length === 0
    ? 'grant the client every scope it asks for'
    : `grant the client ${named.join(', ')}, or take it out of COUPA_SCOPES`;
}
