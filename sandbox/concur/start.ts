import { setMaxListeners } from 'node:events';
import { Hono } from 'hono';
import { controlTraffic } from '../control-traffic.ts';
import { Faults } from '../faults.ts';
import { listen, type Sandbox } from '../listen.ts';
import { refuseOtherSites } from '../pages/visitors.ts';
import { RequestRecord } from '../request-record.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { traffic } from '../traffic.ts';
import { platformBody, platformError } from './concur-problem.ts';
import { controlEntity } from './control-entity.ts';
import { controlRequests } from './control-requests.ts';
import { correlation } from './correlation.ts';
import type { Entity } from './entity.ts';
import { listRoutes } from './list-routes.ts';
import { type ConcurSandboxOptions, settingsOf } from './options.ts';
import { orderRoutes } from './order-routes.ts';
import { pageRoutes } from './page/page-routes.tsx';
import { Progress } from './progress.ts';
import { purchaseRequestRoutes } from './purchase-request-routes.ts';
import { concurRouteOf, concurRoutes } from './route-names.ts';
import { demoTiedFields, seedDemo } from './seed.ts';
import { ConcurStore } from './store.ts';
import { tokenRoute } from './token-route.ts';
import { worldUsers } from './users.ts';
import { vendorRoutes } from './vendor-routes.ts';

/** Where the vendor's own routes lie. */
const vendorPaths = ['/oauth2/*', '/purchaserequest/*', '/api/*', '/list/*'];

/**
 * Starts a simulated SAP Concur entity: the vendor's routes, control routes under `/sandbox`, and at `/` a page to
 * look at its purchase requests and to act as people do in Concur's own pages.
 * Rejects when the port is taken or the state file holds something else.
 */
export async function startConcurSandbox(options: ConcurSandboxOptions): Promise<Sandbox> {
  const settings = settingsOf(options);
  const store = new ConcurStore(options.statePath);
  if (!store.restored && options.seed === 'demo') seedDemo(store);
  const tiedFields = options.tiedFields ?? (options.seed === 'demo' ? demoTiedFields : []);
  const progress = new Progress(store, settings, tiedFields);
  const users = options.users ?? worldUsers();
  const entity: Entity = { store, settings, users, tiedFields, progress, options };
  const record = new RequestRecord();
  const faults = new Faults();
  const ended = new AbortController();
  // One listener for each page that is open, however many those are.
  setMaxListeners(0, ended.signal);

  const vendor = traffic({
    record,
    faults,
    routeOf: concurRouteOf,
    latencyMs: () => settings.latencyMs,
    errorBody: (status) => platformBody(`Sandbox fault ${status}`),
    // Only the older APIs know XML, and prefer it.
    wantsXml: (path, accept) => path.startsWith('/api/') && !(accept ?? '').includes('application/json'),
  });
  const app = new Hono<SandboxEnv>();
  for (const path of vendorPaths) app.use(path, correlation, vendor);
  app.notFound(() => platformError(404, 'No such route').getResponse());
  app.post('/oauth2/v0/token', tokenRoute(entity));
  app.route('/purchaserequest/v4/purchaserequests', purchaseRequestRoutes(entity));
  app.route('/api/v3.1/invoice/vendors', vendorRoutes(entity));
  app.route('/api/v3.0/invoice/purchaseorders', orderRoutes(entity));
  app.route('/list/v4', listRoutes(entity));
  const links = options.links ?? {};
  app.use('/sandbox/*', refuseOtherSites(links));
  app.route('/sandbox', controlTraffic({ record, faults, routes: concurRoutes }));
  app.route('/sandbox', controlEntity(entity));
  app.route('/sandbox/purchase-requests', controlRequests(entity));
  app.route('/', pageRoutes({ ...entity, links, ended: ended.signal }));
  return listen(app, { host: options.host ?? '127.0.0.1', port: options.port ?? 0 }, () => {
    ended.abort();
    progress.stop();
    store.close();
  });
}
