import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import type { SandboxEnv } from '../sandbox-env.ts';
import type { PageLinks } from './links.ts';
import { refusalOf } from './visitors.ts';

const own = ["'self'"];
const nothing = ["'none'"];

const strictHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: nothing,
    scriptSrc: own,
    styleSrc: own,
    connectSrc: own,
    imgSrc: [...own, 'data:'],
    formAction: own,
    baseUri: nothing,
    frameAncestors: nothing,
  },
  xFrameOptions: 'DENY',
  // `no-referrer` would make a browser send `Origin: null` with a form of the page itself.
  referrerPolicy: 'same-origin',
  // The sandbox speaks plain HTTP on the loopback.
  strictTransportSecurity: false,
});

/**
 * What every route that a browser shows stands behind: everything from this server, nothing inline, never framed,
 * never cached (`staticFiles` sets its own); and nothing for other sites' pages, so that no page somewhere presses a
 * button here, or reads what is on this one.
 */
export function pageHeaders(links: PageLinks) {
  return createMiddleware<SandboxEnv>(async (c, next) => {
    const refusal = refusalOf(c, links);
    await strictHeaders(c, async () => {
      if (refusal === undefined) await next();
      else c.res = c.text(refusal, 403);
    });
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
}
