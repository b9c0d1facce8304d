import { z } from 'zod';
import { Secret } from '../../contract/secret.ts';
import { checkBody } from '../http/check.ts';
import { TerminalError } from '../http/errors.ts';
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
  readonly tokenPath: string;
}

/**
 * Mints an access token by client credentials (`POST /oauth2/token`, form-urlencoded, scopes joined by one space).
 * Throws a TerminalError with the OAuth error code when Coupa refuses (400 `invalid_scope`, 401 `invalid_client`).
 */
export async function mintCoupaToken(
  http: HttpRequest,
  credential: CoupaCredential,
  signal: AbortSignal,
): Promise<MintedToken> {
  const operation = `POST ${credential.tokenPath}`;
  const answer = await http({
    method: 'POST',
    path: credential.tokenPath,
    operation,
    form: {
      grant_type: 'client_credentials',
      client_id: credential.clientId,
      client_secret: credential.clientSecret.reveal(),
      scope: joinScopes(credential.scopes),
    },
    // A token minted and lost does no harm, so this may be repeated like a read.
    effect: 'read',
    accept: [400, 401],
    signal,
    // Every call waits for it, a decision perhaps among them (P11).
    priority: 'decide',
  });
  if (answer.status !== 200) throw refused(answer, operation);
  const body = checkBody(tokenSchema, answer, { vendor: 'coupa', operation });
  return { token: new Secret(body.access_token), lifetimeMs: body.expires_in * 1000 };
}

/** Coupa's own pages list scopes with commas, and people paste them so. */
function joinScopes(scopes: readonly string[]): string {
  return scopes
    .flatMap((scope) => scope.split(/[\s,]+/))
    .filter((scope) => scope !== '')
    .join(' ');
}

function refused(answer: HttpAnswer, operation: string): TerminalError {
  const parsed = refusalSchema.safeParse(answer.body);
  const code = parsed.success ? parsed.data.error : 'no error code';
  const advice =
    code === 'invalid_scope'
      ? 'grant the client every scope it asks for'
      : 'check client id, secret and scopes';
  return new TerminalError(`HTTP ${answer.status}, no token (${code}); ${advice}`, {
    vendor: 'coupa',
    operation,
    status: answer.status,
    requestId: answer.requestId,
  });
}
