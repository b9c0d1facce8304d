import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { controlBody, controlId, controlProblem } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { escalate, skip } from './chain-events.ts';
import { userId } from './control-person.ts';
import { decide } from './decide.ts';
import { renderApproval } from './render-approval.ts';
import type { Approval } from './state.ts';
import type { Tenant } from './tenant.ts';

const decideBody = z.strictObject({
  userId: userId.optional(),
  action: z.enum(['approve', 'reject']),
  reason: z.string().optional(),
});

const group = z.strictObject({
  id: z.int().positive(),
  name: z.string().min(1),
  userIds: z.array(userId).min(1),
});

const rowBody = z.strictObject({
  approverType: z.literal('ApprovalGroup').optional(),
  group: group.optional(),
  nullDates: z.boolean().optional(),
  /** Moves the row without touching its dates, as tenants do. */
  position: z.int().optional(),
  delegates: z.array(userId).optional(),
  delegateId: userId.nullable().optional(),
});

const escalateBody = z.strictObject({ toUserId: userId, newRow: z.boolean().default(false) });

const USUAL_GROUP_ID = 31;

/** Control routes on single rows: decide one as somebody in Coupa's own pages, or make it a special case. */
export function controlApprovals(tenant: Tenant): Hono<SandboxEnv> {
  const { store, directory } = tenant;
  const app = new Hono<SandboxEnv>();
  const rowOf = (c: Context<SandboxEnv>): Approval => {
    const row = store.approvals.get(controlId(c));
    if (row === undefined) throw controlProblem(404, 'no such approval');
    return row;
  };
  const answerUnless = (c: Context<SandboxEnv>, refusal: string | null, row: Approval) => {
    if (refusal !== null) throw controlProblem(400, refusal);
    return c.json(renderApproval(tenant, row));
  };

  app.post('/:id/decide', async (c) => {
    const body = await controlBody(c, decideBody);
    const row = rowOf(c);
    const member = row.group === null ? undefined : directory.group(row.group.id).userIds[0];
    const byUserId = body.userId ?? member ?? row.approverId;
    const { action, reason = null } = body;
    const decided = decide(tenant, { approvalId: row.id, action, reason, byUserId });
    if (decided.done) return c.json(renderApproval(tenant, decided.approval));
    throw decided.unknown ? controlProblem(404, 'no such approval') : controlProblem(400, decided.message);
  });

  app.post('/:id/escalate', async (c) => {
    const body = await controlBody(c, escalateBody);
    const row = rowOf(c);
    return answerUnless(c, escalate(store, row, body), row);
  });

  app.post('/:id/skip', (c) => {
    const row = rowOf(c);
    return answerUnless(c, skip(store, row), row);
  });

  app.patch('/:id', async (c) => {
    const body = await controlBody(c, rowBody);
    const row = rowOf(c);
    if (body.group !== undefined) directory.putGroup({ ...body.group, active: true });
    if (body.group !== undefined || body.approverType !== undefined) {
      row.group = { id: body.group?.id ?? USUAL_GROUP_ID };
      row.type = 'ApprovalChainApproval';
    }
    if (body.nullDates === true) {
      row.createdAt = null;
      row.updatedAt = null;
    }
    row.position = body.position ?? row.position;
    if (body.delegates !== undefined) row.delegates = body.delegates;
    if (body.delegateId !== undefined) row.delegateId = body.delegateId;
    store.changed();
    return c.json(renderApproval(tenant, row));
  });
  return app;
}
