import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps } from '../deps.ts';
import type { ApiEnv } from '../env.ts';
import { addCreatePurchaseRequestRoute } from './create.ts';
import { addPurchaseRequestsRoute } from './list.ts';
import { addResolveRoute } from './resolve.ts';
import { addPurchaseRequestRoute } from './show.ts';

/** The routes under `/purchase-requests`: what becomes a purchase request in SAP Concur, and how it goes on. */
export function addPurchaseRequestRoutes(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  addCreatePurchaseRequestRoute(app, deps);
  addPurchaseRequestsRoute(app, deps);
  addPurchaseRequestRoute(app, deps);
  addResolveRoute(app, deps);
}
