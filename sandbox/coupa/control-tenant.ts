import { Hono } from 'hono';
import { z } from 'zod';
import { controlBody } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { documentOverview, overviewOf } from './overview.ts';
import type { Tenant } from './tenant.ts';

const settingsBody = z.strictObject({
  decisionAnswer: z.enum(['approval', 'requisition', 'empty204']).optional(),
  latencyMs: z.number().min(0).optional(),
  requestsPerSecond: z.number().min(0).optional(),
  callOut: z.strictObject({ url: z.url(), key: z.string() }).nullable().optional(),
  grantedScopes: z.array(z.string()).optional(),
  tokenLifetimeS: z.number().min(0).optional(),
  settleMs: z.number().min(0).optional(),
  listLagMs: z.number().min(0).optional(),
  dropNotes: z.boolean().optional(),
  updatedAtNull: z.boolean().optional(),
});

/** Control routes on the tenant as a whole: its state at a glance, its settings, its tokens. */
export function controlTenant(tenant: Tenant): Hono<SandboxEnv> {
  const { store, settings } = tenant;
  const app = new Hono<SandboxEnv>();
  app.get('/state', (c) =>
    c.json({
      requisitions: [...store.requisitions.values()].map((requisition) => overviewOf(tenant, requisition)),
      documents: documentOverview(store.approvals.values()),
    }),
  );
  app.put('/settings', async (c) => {
    Object.assign(settings, await controlBody(c, settingsBody));
    store.changed();
    return c.body(null, 204);
  });
  app.post('/expire-tokens', (c) => {
    store.tokens.clear();
    store.changed();
    return c.body(null, 204);
  });
  return app;
}
