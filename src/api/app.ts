import { OpenAPIHono } from '@hono/zod-openapi';
import { methodNotAllowed as onlyKnownMethods } from 'hono/method-not-allowed';
import { accessLog } from './access-log.ts';
import { addApprovalRoute } from './approval-show.ts';
import { addApprovalsRoute } from './approvals-list.ts';
import { authentication } from './authentication.ts';
import { addDecisionRoutes } from './decisions.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { methodNotAllowed, notFound, onError } from './errors.ts';
import { addHealthRoutes } from './health.ts';
import { addNotificationRoute } from './notifications.ts';
import { addPollRoute } from './poll.ts';
import { addPurchaseRequestRoutes } from './purchase-requests/routes.ts';
import { requestId } from './request-id.ts';
import { noStore, securityHeaders } from './security-headers.ts';

/**
 * The whole HTTP interface as a Hono app, without a server. Credentials are looked at before anything else, and
 * every answer that is not a success is a problem (RFC 9457) of a kind that `problems` lists.
 */
export function createApp(deps: ApiDeps): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>();
  app.use(requestId, accessLog(deps.logger), securityHeaders, noStore);
  app.use(authentication(deps));
  app.use(onlyKnownMethods({ app, onMethodNotAllowed: methodNotAllowed }));
  app.onError(onError(deps.logger));
  app.notFound(notFound);

  addHealthRoutes(app, deps);
  addApprovalsRoute(app, deps);
  addApprovalRoute(app, deps);
  addDecisionRoutes(app, deps);
  addNotificationRoute(app, deps);
  addPollRoute(app, deps);
  addPurchaseRequestRoutes(app, deps);

  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  app.openAPIRegistry.registerComponent('securitySchemes', 'basic', { type: 'http', scheme: 'basic' });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Countersign', version: '1', description: 'Purchase approvals, decided exactly once.' },
    ...(deps.publicUrl === undefined ? {} : { servers: [{ url: deps.publicUrl }] }),
    security: [{ bearer: [] }, { basic: [] }],
  });
  return app;
}
