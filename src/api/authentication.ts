import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { clientAddress } from './client-address.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { ProblemError } from './problem-error.ts';

/** The routes that anybody may read: they tell nothing about approvals. */
const openPaths = new Set(['/', '/livez', '/readyz', '/openapi.json']);

interface Credential {
  /** Present when it came as Basic. */
  readonly name?: string;
  readonly secret: string;
}

/** Reads `Bearer <secret>` or `Basic <name:secret>`; undefined for anything else. */
function readCredential(header: string | undefined): Credential | undefined {
  const [, scheme, rest] = /^(\S+)\s+(\S+)\s*$/.exec(header ?? '') ?? [];
  if (scheme === undefined || rest === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { secret: rest };
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const text = Buffer.from(rest, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { name: text.slice(0, colon), secret: text.slice(colon + 1) };
}

function whyNot(header: string | undefined, foreign: boolean): string {
  if (foreign)
    return "A browser's own key does not count on behalf of another page: send Authorization: Bearer.";
  return header === undefined
    ? 'Send an API key: Authorization: Bearer <secret>, or Basic with its name and secret.'
    : 'This API key is not known: send Authorization: Bearer <secret>, or Basic with its name and secret.';
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Whether a browser sends this on behalf of a page. Browsers add Basic credentials that somebody once typed in to
 * every request for this address, also to a form of another site: what they add by themselves decides nothing.
 * No page is served here, so that even one of the same site is another's. Programs send none of these headers.
 */
function isForeignForm(c: Context<ApiEnv>): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return false;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return !['same-origin', 'none'].includes(site);
  const origin = c.req.header('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== c.req.header('host');
}

/**
 * Lets in whoever presents one of the keys, and names the caller after it. Digests are compared, in constant
 * time and over all keys, so that the time taken tells neither a secret's beginning nor which key it was.
 */
export function authentication({ keys, logger, trustProxy }: ApiDeps) {
  const known = keys.map(({ name, secret }) => ({
    name,
    nameDigest: digest(name),
    secretDigest: digest(secret.reveal()),
  }));

  const callerOf = (credential: Credential): string | undefined => {
    const secretDigest = digest(credential.secret);
    const nameDigest = credential.name === undefined ? undefined : digest(credential.name);
    const matches = known.filter((key) => {
      const sameSecret = timingSafeEqual(key.secretDigest, secretDigest);
      const sameName = nameDigest === undefined || timingSafeEqual(key.nameDigest, nameDigest);
      return sameSecret && sameName;
    });
    return matches[0]?.name;
  };

  return createMiddleware<ApiEnv>(async (c, next) => {
    if (openPaths.has(c.req.path)) return next();
    const header = c.req.header('authorization');
    const credential = readCredential(header);
    const caller = credential === undefined ? undefined : callerOf(credential);
    const foreign = credential?.name !== undefined && isForeignForm(c);
    if (caller === undefined || foreign) {
      if (header !== undefined) {
        const from = clientAddress(c, trustProxy) ?? null;
        logger.warn({ requestId: c.var.requestId, from }, 'refused a credential');
      }
      c.header('WWW-Authenticate', 'Bearer realm="countersign"');
      c.header('WWW-Authenticate', 'Basic realm="countersign", charset="UTF-8"', { append: true });
      throw new ProblemError('unauthorized', whyNot(header, foreign));
    }
    c.set('caller', caller);
    return next();
  });
}
