import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

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
 * never cached (`staticFiles` sets its own); and a POST from another site's page is refused with 403, so that no
 * page somewhere presses a button here.
 */
export const pageHeaders = createMiddleware(async (c, next) => {
  const refused = c.req.method === 'POST' && isFromElsewhere(c.req.raw.headers);
  await strictHeaders(c, async () => {
    if (refused) c.res = c.text('This form belongs to another page.', 403);
    else await next();
  });
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
});

/** Browsers name the page that a POST comes from; programs send neither header. */
function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get('Sec-Fetch-Site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return true;
  const origin = headers.get('Origin');
  if (origin === null) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.get('Host');
}
