import { type Context, Hono } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { audienceOf } from './chat/audience.ts';
import { moveworksError, unauthorized } from './moveworks-error.ts';
import type { MoveworksSandboxOptions, MoveworksSettings } from './options.ts';
import { readSend } from './send-body.ts';
import { SlidingWindow } from './sliding-window.ts';
import type { MoveworksStore } from './store.ts';
import { tokenRoute } from './token-route.ts';

/** The vendor's own routes: token, credential test, and sending a message for an event. */
export function apiRoutes(
  store: MoveworksStore,
  settings: MoveworksSettings,
  options: MoveworksSandboxOptions,
): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const window = new SlidingWindow();
  const audience = new Set(audienceOf(options).map((one) => one.address));
  const checkCredential = (c: Context<SandboxEnv>): void => {
    // A key without "Bearer " is refused like a wrong one.
    const [, credential = ''] = /^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '') ?? [];
    if (credential !== options.apiKey && !store.hasToken(credential)) throw unauthorized();
  };

  app.post('/oauth/v1/token', tokenRoute(store, options));
  app.get('/rest/v1/auth/test', (c) => {
    checkCredential(c);
    return c.json({ Message: 'Authentication successful' });
  });
  app.post('/rest/v1/events/:eventId/messages/send', async (c) => {
    checkCredential(c);
    if (!window.admit(performance.now(), settings.requestsPerMinute)) {
      // Moveworks documents the limit for the whole organisation; the code is assumed, no Retry-After is documented.
      throw moveworksError(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests');
    }
    const event = options.events.find((one) => one.id === c.req.param('eventId'));
    if (event === undefined) throw moveworksError(404, 'INVALID_EVENT_ID', 'The event was not found');
    const sent = readSend(await c.req.text(), event, (address) => audience.has(address.toLowerCase()));
    store.accept({ eventId: event.id, kind: event.kind, ...sent });
    return c.json({ data: { status: 'RECEIVED' } });
  });
  return app;
}
