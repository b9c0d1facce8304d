import { Hono } from 'hono';
import { z } from 'zod';
import { controlBody } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { requisitionTotal } from './amounts.ts';
import type { CoupaSettings } from './options.ts';
import { shownApproverId } from './render-approval.ts';
import { renderUser } from './render-user.ts';
import type { CoupaStore } from './store.ts';

const settingsBody = z.strictObject({
  decisionAnswer: z.enum(['approval', 'requisition', 'empty204']).optional(),
  latencyMs: z.number().min(0).optional(),
  requestsPerSecond: z.number().min(0).optional(),
  callOut: z.strictObject({ url: z.url(), key: z.string() }).nullable().optional(),
  grantedScopes: z.array(z.string()).optional(),
  tokenLifetimeS: z.number().min(0).optional(),
  settleMs: z.number().min(0).optional(),
});

/** Control routes on the tenant as a whole: its state at a glance, its settings, its tokens. */
export function controlTenant(store: CoupaStore, settings: CoupaSettings): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get('/state', (c) => c.json({ requisitions: overview(store) }));
  app.put('/settings', async (c) => {
    Object.assign(settings, await controlBody(c, settingsBody));
    return c.body(null, 204);
  });
  app.post('/expire-tokens', (c) => {
    store.tokens.clear();
    store.changed();
    return c.body(null, 204);
  });
  return app;
}

function overview(store: CoupaStore) {
  return [...store.requisitions.values()].map((requisition) => ({
    id: requisition.id,
    title: requisition.title,
    status: requisition.status,
    total: requisitionTotal(requisition),
    currency: requisition.currency,
    requester: renderUser(requisition.requesterId).fullname,
    approvals: store.approvalsOf(requisition.id).map((row) => ({
      id: row.id,
      status: row.status,
      approverId: shownApproverId(row),
      approvedById: row.approvedById,
      note: row.note,
    })),
    currentApprovalId: requisition.currentApprovalId,
  }));
}
