import { z } from 'zod';
import { Secret } from '../../../contract/secret.ts';
import { checkBody } from '../../http/check.ts';
import type { HttpAnswer } from '../../http/http-types.ts';
import { tokenOperation, vendor } from './errors.ts';

/** A token answer, read as far as it goes: a part that is odd must not cost the refresh token beside it. */
export interface TokenAnswer {
  readonly accessToken: Secret | undefined;
  readonly lifetimeMs: number;
  readonly refreshToken: Secret | undefined;
  /** Seconds since the epoch; undefined where the answer does not say, or not plausibly. */
  readonly refreshExpiresAtSeconds: number | undefined;
  readonly idToken: Secret | undefined;
  /** As it came, unchecked. */
  readonly geolocation: string | undefined;
}

/** SAP documents one hour for every access token. */
const LIFETIME_SECONDS = 3600;

// A text on SAP's pages, a number in one of its guides.
const seconds = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
// Between 2001 and 5138: neither a duration, nor milliseconds.
const epochSeconds = seconds.pipe(z.int().min(1e9).max(1e11));
const text = z.string().min(1).optional().catch(undefined);

const answerSchema = z.object({
  access_token: text,
  expires_in: seconds.pipe(z.number().positive()).catch(LIFETIME_SECONDS),
  refresh_token: text,
  refresh_expires_in: epochSeconds.optional().catch(undefined),
  id_token: text,
  geolocation: text,
});

/**
 * Reads a token answer. `refresh_expires_in` is a moment, not a duration, in spite of its name. Throws a TerminalError
 * for a body that is no object, a RetryableError for an empty one.
 */
export function readTokenAnswer(answer: HttpAnswer): TokenAnswer {
  const body = checkBody(answerSchema, answer, { vendor, operation: tokenOperation });
  return {
    accessToken: secret(body.access_token),
    lifetimeMs: body.expires_in * 1000,
    refreshToken: secret(body.refresh_token),
    refreshExpiresAtSeconds: body.refresh_expires_in,
    idToken: secret(body.id_token),
    geolocation: body.geolocation,
  };
}

function secret(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value);
}
