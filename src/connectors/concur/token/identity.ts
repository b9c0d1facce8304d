import { z } from 'zod';
import type { Secret } from '../../../contract/secret.ts';
import { TerminalError } from '../../http/errors.ts';
import { tokenOperation, vendor } from './errors.ts';

/** Whom an id token is about. */
export interface UserIdentity {
  /** A UUID; what a purchase request takes as `userId`, when `type` is `user`. */
  readonly userId: string;
  /** `user` in SAP's sample. */
  readonly type?: string;
  readonly issuer?: string;
  /** ISO 8601, UTC. */
  readonly expiresAt?: string;
}

const word = z.string().min(1).max(300);
const claimsSchema = z.object({
  sub: word,
  'concur.type': word.optional().catch(undefined),
  iss: word.optional().catch(undefined),
  exp: z.number().positive().max(1e11).optional().catch(undefined),
});

/**
 * Reads an id token (a JWT) on this machine: SAP's page sends people to a public web site for that, which would be
 * given the token. The signature is not checked, since the token came over TLS from SAP itself, in the answer to our
 * own request; one from anywhere else must not be read with this. Throws a TerminalError when it cannot be read.
 */
export function readIdToken(idToken: Secret): UserIdentity {
  const claims = claimsSchema.safeParse(payloadOf(idToken.reveal()));
  if (!claims.success) {
    throw new TerminalError('the id token cannot be read: it names no user; report this', {
      vendor,
      operation: tokenOperation,
    });
  }
  const { sub, iss, exp, 'concur.type': type } = claims.data;
  return {
    userId: sub,
    ...(type === undefined ? {} : { type }),
    ...(iss === undefined ? {} : { issuer: iss }),
    ...(exp === undefined ? {} : { expiresAt: new Date(exp * 1000).toISOString() }),
  };
}

function payloadOf(jwt: string): unknown {
  const payload = jwt.split('.')[1] ?? '';
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
