import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';

/** Creator Studio hangs up after 16 s; a longer wait would lose the answer. */
const maxWaitSeconds = 14;
const defaultWaitSeconds = 10;

/** The header as the routes that wait declare it. */
export const preferHeader = z
  .string()
  .optional()
  .openapi({ description: '`wait=N` (seconds, 14 at most), `respond-async`.' });

export interface PreferredWait {
  readonly waitMs: number;
  /** Value of `Preference-Applied`, when a preference was. */
  readonly applied?: string;
}

/**
 * How long the caller wants to wait for the answer, from `Prefer` (RFC 7240): `wait=N` in seconds, 14 at most;
 * `respond-async` alone does not wait. A preference that cannot be read is ignored, as the RFC asks.
 */
export function preferredWait(header: string | undefined): PreferredWait {
  const preferences = (header ?? '')
    .toLowerCase()
    .split(/[,;]/)
    .map((part) => part.replaceAll(/\s/g, ''));
  const wait = preferences
    .map((part) => /^wait="?(\d{1,6})"?$/.exec(part)?.[1])
    .find((found) => found !== undefined);
  if (wait !== undefined) {
    const seconds = Math.min(Number(wait), maxWaitSeconds);
    return { waitMs: seconds * 1_000, applied: `wait=${seconds}` };
  }
  if (preferences.includes('respond-async')) return { waitMs: 0, applied: 'respond-async' };
  return { waitMs: defaultWaitSeconds * 1_000 };
}

/**
 * Aborted when nobody listens any more, or the server closes: what was asked for is held, and 202 says so better
 * than a broken connection.
 */
export function waitSignal(c: Context<ApiEnv>, { closing }: ApiDeps): AbortSignal {
  const gone = c.req.raw.signal;
  return closing === undefined ? gone : AbortSignal.any([gone, closing]);
}
