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
import { callOutFor } from './call-out.ts';
import { controlApprovals } from './control-approvals.ts';
import { controlDirectory } from './control-directory.ts';
import { controlDocuments } from './control-documents.ts';
import { controlRequisitions } from './control-requisitions.ts';
import { controlRows } from './control-rows.ts';
import { controlTenant } from './control-tenant.ts';
import { notFound, plainError } from './coupa-problem.ts';
import { Directory } from './directory.ts';
import { type CoupaSandboxOptions, linksOf, settingsOf } from './options.ts';
import { pageRoutes } from './page/page-routes.tsx';
import { requisitionActions } from './requisition-actions.ts';
import { coupaRouteOf, coupaRoutes } from './route-names.ts';
import { seedDemo } from './seed.ts';
import { CoupaStore } from './store.ts';
import { tokenRoute } from './token-route.ts';

/**
 * Starts a simulated Coupa tenant: the vendor's routes under `/oauth2` and `/api`, control routes under `/sandbox`,
 * and at `/` a page to look at it and to act as people do in Coupa's own pages.
 * Rejects when the port is taken or the state file holds something else.
 */
export async function startCoupaSandbox(options: CoupaSandboxOptions): Promise<Sandbox> {
  const settings = settingsOf(options);
  const store = new CoupaStore(options.statePath);
  const tenant = { store, settings, directory: new Directory(options.statePath) };
  if (!store.restored && options.seed === 'demo') seedDemo(store);
  const record = new RequestRecord();
  const faults = new Faults();
  const ended = new AbortController();
  // One listener for each page that is open, however many those are.
  setMaxListeners(0, ended.signal);
  const actions = requisitionActions(store, (requisition) =>
    callOutFor(requisition, settings.callOut, ended.signal),
  );

  const vendor = traffic({
    record,
    faults,
    routeOf: coupaRouteOf,
    latencyMs: () => settings.latencyMs,
    errorBody: (status) => plainError(`Sandbox fault ${status}`),
    wantsXml: (path, accept) => path.startsWith('/api/') && !(accept ?? '').includes('application/json'),
  });
  const app = new Hono<SandboxEnv>();
  app.use('/oauth2/*', vendor);
  app.use('/api/*', vendor);
  app.notFound(() => notFound('Route').getResponse());
  app.post('/oauth2/token', tokenRoute(store, settings, options));
  app.route('/api', apiRoutes(tenant));
  const links = linksOf(options);
  app.use('/sandbox/*', refuseOtherSites(links));
  app.route('/sandbox', controlTraffic({ record, faults, routes: coupaRoutes }));
  app.route('/sandbox', controlTenant(tenant));
  app.route('/sandbox', controlDirectory(tenant));
  app.route('/sandbox/documents', controlDocuments(store));
  app.route('/sandbox/approvals', controlApprovals(tenant));
  app.route('/sandbox/requisitions', controlRequisitions(tenant, actions));
  app.route('/sandbox/rows', controlRows(tenant));
  app.route('/', pageRoutes({ ...tenant, actions, links, ended: ended.signal }));
  return listen(app, { host: options.host ?? '127.0.0.1', port: options.port ?? 0 }, () => {
    ended.abort();
    store.close();
    tenant.directory.close();
  });
}
