import { Hono } from 'hono';
import { z } from 'zod';
import { controlBody, controlId, controlProblem } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { findPerson } from '../world/people.ts';
import { decide } from './decide.ts';
import { renderApproval } from './render-approval.ts';
import type { CoupaStore } from './store.ts';

const userId = z.int().refine((id) => findPerson(id) !== undefined, 'nobody has this user id');

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
});

const usualGroup = { id: 31, name: 'Capex Committee', userIds: [202, 203] };

/** Control routes on single rows: decide one as somebody in Coupa's own pages, or make it a special case. */
export function controlApprovals(store: CoupaStore): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();

  app.post('/:id/decide', async (c) => {
    const body = await controlBody(c, decideBody);
    const approvalId = controlId(c);
    const row = store.approvals.get(approvalId);
    const byUserId = body.userId ?? row?.group?.userIds[0] ?? row?.approverId ?? 0;
    const { action } = body;
    const decided = decide(store, { approvalId, action, reason: body.reason ?? null, byUserId });
    if (!decided.done) {
      throw decided.unknown ? controlProblem(404, 'no such approval') : controlProblem(400, decided.message);
    }
    return c.json(renderApproval(decided.approval));
  });

  app.patch('/:id', async (c) => {
    const body = await controlBody(c, rowBody);
    const row = store.approvals.get(controlId(c));
    if (row === undefined) throw controlProblem(404, 'no such approval');
    const asGroup = body.group ?? (body.approverType === undefined ? undefined : usualGroup);
    if (asGroup !== undefined) {
      row.group = asGroup;
      row.type = 'ApprovalChainApproval';
    }
    if (body.nullDates === true) {
      row.createdAt = null;
      row.updatedAt = null;
    }
    store.changed();
    return c.json(renderApproval(row));
  });
  return app;
}
