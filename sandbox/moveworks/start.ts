import { setMaxListeners } from 'node:events';
import { Hono } from 'hono';
import { controlTraffic } from '../control-traffic.ts';
import { Faults } from '../faults.ts';
import { listen, type Sandbox } from '../listen.ts';
import { refuseOtherSites } from '../pages/visitors.ts';
import { RequestRecord } from '../request-record.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { traffic } from '../traffic.ts';
import { apiRoutes } from './api-routes.ts';
import { chatRoutes } from './chat/chat-routes.tsx';
import { controlRoutes } from './control-routes.ts';
import { errorBody } from './moveworks-error.ts';
import type { MoveworksSandboxOptions, MoveworksSettings } from './options.ts';
import { MoveworksStore } from './store.ts';

/** The limit that Moveworks sets for a whole organisation. */
const USUAL_REQUESTS_PER_MINUTE = 120;

/**
 * Starts a simulated Moveworks: the Events API under `/rest` and `/oauth`, the chat page at `/`, control
 * routes under `/sandbox`.
 * Rejects when the port is taken or the state file holds something else.
 */
export async function startMoveworksSandbox(options: MoveworksSandboxOptions): Promise<Sandbox> {
  const settings: MoveworksSettings = {
    requestsPerMinute: options.requestsPerMinute ?? USUAL_REQUESTS_PER_MINUTE,
    latencyMs: 0,
  };
  const store = new MoveworksStore(options.statePath);
  const record = new RequestRecord();
  const faults = new Faults();
  const ended = new AbortController();
  // One listener for each page that is open, however many those are.
  setMaxListeners(0, ended.signal);

  const vendor = traffic({
    record,
    faults,
    routeOf,
    latencyMs: () => settings.latencyMs,
    errorBody: (status) => errorBody('SANDBOX_FAULT', `Sandbox fault ${status}`),
    wantsXml: () => false,
  });
  const app = new Hono<SandboxEnv>();
  app.use('/oauth/*', vendor);
  app.use('/rest/*', vendor);
  app.notFound((c) => c.json(errorBody('NOT_FOUND', 'No such route'), 404));
  app.route('/', apiRoutes(store, settings, options));
  app.use('/sandbox/*', refuseOtherSites(options.links ?? {}));
  app.route('/sandbox', controlTraffic({ record, faults, routes: ['send', 'token'] }));
  app.route('/sandbox', controlRoutes(store, settings, options.events));
  app.route('/', chatRoutes(store, options, ended.signal));
  return listen(app, { host: options.host ?? '127.0.0.1', port: options.port ?? 0 }, () => {
    ended.abort();
    store.close();
  });
}

function routeOf(method: string, path: string): string | null {
  if (method !== 'POST') return null;
  if (path === '/oauth/v1/token') return 'token';
  return /^\/rest\/v1\/events\/[^/]+\/messages\/send$/.test(path) ? 'send' : null;
}
