import { isIP } from 'node:net';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { SandboxEnv } from '../sandbox-env.ts';
import type { PageLinks } from './links.ts';

/**
 * Refuses what another site's page makes a visitor's browser send: a sandbox listens on the loopback, where any
 * page that its user opens can reach it. Programs send none of the headers that are looked at. `links`: where the
 * pages are, as far as it is told; read at every request.
 */
export function refuseOtherSites(links: PageLinks) {
  return createMiddleware<SandboxEnv>(async (c, next) => {
    const refusal = refusalOf(c, links);
    return refusal === undefined ? next() : c.text(refusal, 403);
  });
}

/** Why this request is not let in; undefined when it is. */
export function refusalOf(c: Context<SandboxEnv>, links: PageLinks): string | undefined {
  const { method, headers } = c.req.raw;
  if (isUnderAnotherName(c, links)) {
    return 'This address is not one of the sandbox: open it as localhost, or name it in SANDBOX_CHAT_URL, SANDBOX_COUPA_URL or SANDBOX_CONCUR_URL.';
  }
  const reads = method === 'GET' || method === 'HEAD';
  return !reads && isFromElsewhere(headers) ? 'This form belongs to another page.' : undefined;
}

/** Browsers name the page that a request comes from; programs send neither header. */
function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get('Sec-Fetch-Site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return true;
  const origin = headers.get('Origin');
  if (origin === null) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.get('Host');
}

/**
 * Whether the loopback is reached under a name that is not its own. Somebody else's name can be made to lead here,
 * and a browser then takes that site's pages for ours (DNS rebinding).
 */
function isUnderAnotherName(c: Context<SandboxEnv>, links: PageLinks): boolean {
  const { localAddress = '' } = c.env.incoming.socket;
  if (!/^(::ffff:)?127\.|^::1$/.test(localAddress)) return false;
  const host = `http://${c.req.header('Host') ?? ''}`;
  if (!URL.canParse(host)) return true;
  const { hostname } = new URL(host);
  const isOwn = isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0 || /(^|\.)localhost$/.test(hostname);
  const told = [links.chat, links.coupa, links.concur].flatMap((link = '') =>
    URL.canParse(link) ? [new URL(link)] : [],
  );
  return !isOwn && !told.some((link) => link.hostname === hostname);
}
