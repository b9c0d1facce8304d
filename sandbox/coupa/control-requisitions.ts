import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { controlBody, controlId, controlProblem } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { findPerson } from '../world/people.ts';
import type { Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';
import { addDraftRow, createDraft, numberLines, submit } from './submit.ts';
import { tenantTime } from './tenant-time.ts';

const userId = z.int().refine((id) => findPerson(id) !== undefined, 'nobody has this user id');
const decimal = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a decimal number'));
const lines = z
  .array(
    z.strictObject({
      description: z.string().min(1).max(255),
      quantity: decimal.nullable().default('1'),
      unitPrice: decimal,
      supplier: z.string().min(1).default('Acme Test Supply'),
    }),
  )
  .min(1);

const newRequisition = z.strictObject({
  requesterId: userId.optional(),
  createdById: userId.optional(),
  title: z.string().optional(),
  justification: z.string().max(2000).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  lines: lines.optional(),
  chain: z.array(userId).min(1).optional(),
  submit: z.boolean().default(true),
  /** Gives an unsubmitted one the undated pending row of Coupa's own example. */
  draftRow: z.boolean().default(false),
});

const edit = z.strictObject({
  title: z.string().optional(),
  justification: z.string().max(2000).optional(),
  lines: lines.optional(),
  /** Moves the dates of the current approval as well, which an edit alone does not. */
  bump: z.boolean().default(false),
});

const refuseBody = z.strictObject({ message: z.string().min(1).nullable() });

/** Control routes that do what requesters do in Coupa's own pages. `submitted` hears of each submission. */
export function controlRequisitions(
  store: CoupaStore,
  submitted: (requisition: Requisition) => void,
): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const requisitionOf = (c: Context<SandboxEnv>): Requisition => {
    const requisition = store.requisitions.get(controlId(c));
    if (requisition === undefined) throw controlProblem(404, 'no such requisition');
    return requisition;
  };

  app.post('/', async (c) => {
    const body = await controlBody(c, newRequisition);
    const requisition = createDraft(store, body);
    if (body.draftRow) addDraftRow(store, requisition);
    if (body.submit) {
      submit(store, requisition);
      submitted(requisition);
    }
    return c.json(summary(requisition), 201);
  });

  app.patch('/:id', async (c) => {
    const body = await controlBody(c, edit);
    const requisition = requisitionOf(c);
    const now = tenantTime(Date.now());
    if (requisition.status === 'approved') throw controlProblem(400, 'an approved requisition is not edited');
    requisition.title = body.title ?? requisition.title;
    requisition.justification = body.justification ?? requisition.justification;
    if (body.lines) requisition.lines = numberLines(store, body.lines, requisition.lines);
    requisition.updatedAt = now;
    const current = store.approvals.get(requisition.currentApprovalId ?? 0);
    if (body.bump && current) current.updatedAt = now;
    store.changed();
    return c.json(summary(requisition));
  });

  app.post('/:id/withdraw', (c) => {
    const requisition = requisitionOf(c);
    if (requisition.status !== 'pending_approval') throw controlProblem(400, 'it is not pending approval');
    requisition.status = 'withdrawn';
    requisition.updatedAt = tenantTime(Date.now());
    // The row itself stays pending_approval, as on a real tenant.
    requisition.currentApprovalId = null;
    store.changed();
    return c.json(summary(requisition));
  });

  app.post('/:id/submit', (c) => {
    const requisition = requisitionOf(c);
    if (requisition.status !== 'draft' && requisition.status !== 'withdrawn') {
      throw controlProblem(400, `a requisition that is ${requisition.status} is not submitted`);
    }
    submit(store, requisition);
    submitted(requisition);
    return c.json(summary(requisition));
  });

  app.put('/:id/refuse', async (c) => {
    const { message } = await controlBody(c, refuseBody);
    const requisition = requisitionOf(c);
    requisition.refuse = message;
    store.changed();
    return c.json(summary(requisition));
  });

  app.delete('/:id', (c) => {
    const requisition = requisitionOf(c);
    for (const row of store.approvalsOf(requisition.id)) store.removeApproval(row);
    store.requisitions.delete(requisition.id);
    store.changed();
    return c.body(null, 204);
  });
  return app;
}

function summary(requisition: Requisition) {
  return {
    requisitionId: requisition.id,
    approvalId: requisition.currentApprovalId,
    status: requisition.status,
  };
}
