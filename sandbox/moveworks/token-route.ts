import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { SandboxEnv } from '../sandbox-env.ts';
import { badRequest, unauthorized } from './moveworks-error.ts';
import type { MoveworksSandboxOptions } from './options.ts';
import type { MoveworksStore } from './store.ts';

/** Moveworks' access tokens live a minute. */
const LIFETIME_S = 60;

const tokenBody = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.literal('client_credentials'),
});

/** `POST /oauth/v1/token`: client credentials as JSON; the answer is wrapped in `data`. */
export function tokenRoute(store: MoveworksStore, options: MoveworksSandboxOptions) {
  return async (c: Context<SandboxEnv>): Promise<Response> => {
    const body = tokenBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) throw badRequest('One or more fields have an incorrect data-type');
    const { client_id: clientId, client_secret: clientSecret } = body.data;
    const configured = options.clientId !== undefined && options.clientSecret !== undefined;
    if (!configured || clientId !== options.clientId || clientSecret !== options.clientSecret) {
      throw unauthorized();
    }
    const value = randomBytes(32).toString('base64url');
    store.addToken(value, Date.now() + LIFETIME_S * 1000);
    return c.json({ data: { access_token: value, expires_in: LIFETIME_S, token_type: 'bearer' } });
  };
}
