import { z } from 'zod';
import { Secret } from '../../contract/secret.ts';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import type { MintedToken } from '../http/token-source.ts';

const OPERATION = 'POST /oauth/v1/token';

const tokenSchema = z.object({
  data: z.object({
    access_token: z.string().min(1),
    expires_in: z
      .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
      .pipe(z.number().positive()),
  }),
});

/**
 * Mints an OAuth access token (`POST /oauth/v1/token`, JSON, answer inside `data`). It lives 60 s.
 * Throws a TerminalError when Moveworks refuses the client.
 */
export async function mintMoveworksToken(
  http: HttpRequest,
  client: { readonly clientId: string; readonly clientSecret: Secret },
  signal: AbortSignal,
): Promise<MintedToken> {
  const answer = await http({
    method: 'POST',
    path: '/oauth/v1/token',
    operation: OPERATION,
    json: {
      client_id: client.clientId,
      client_secret: client.clientSecret.reveal(),
      grant_type: 'client_credentials',
    },
    // A token minted and lost does no harm, so this may be repeated like a read.
    effect: 'read',
    signal,
    // Every waiting message needs it.
    priority: 'decide',
  });
  const { data } = checkBody(tokenSchema, answer, { vendor: 'moveworks', operation: OPERATION });
  return { token: new Secret(data.access_token), lifetimeMs: data.expires_in * 1000 };
}
