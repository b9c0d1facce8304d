import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { controlBody, controlId, controlProblem } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { findPerson } from '../world/people.ts';
import { addComment } from './comments.ts';
import type { RequisitionActions } from './requisition-actions.ts';
import type { Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';

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
      account: z.string().min(1).nullable().optional(),
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

const commentBody = z.strictObject({ userId: userId.optional(), text: z.string().min(1) });

const refuseBody = z.strictObject({ message: z.string().min(1).nullable() });

/** Control routes that do what requesters do in Coupa's own pages. */
export function controlRequisitions(store: CoupaStore, actions: RequisitionActions): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const requisitionOf = (c: Context<SandboxEnv>): Requisition => {
    const requisition = store.requisitions.get(controlId(c));
    if (requisition === undefined) throw controlProblem(404, 'no such requisition');
    return requisition;
  };
  const summaryUnless = (c: Context<SandboxEnv>, refusal: string | null, requisition: Requisition) => {
    if (refusal !== null) throw controlProblem(400, refusal);
    return c.json(summary(requisition));
  };

  app.post('/', async (c) => {
    return c.json(summary(actions.create(await controlBody(c, newRequisition))), 201);
  });

  app.patch('/:id', async (c) => {
    const body = await controlBody(c, edit);
    const requisition = requisitionOf(c);
    return summaryUnless(c, actions.edit(requisition, body), requisition);
  });

  app.post('/:id/comments', async (c) => {
    const { userId: byUserId, text } = await controlBody(c, commentBody);
    const requisition = requisitionOf(c);
    addComment(store, requisition, { text, byUserId: byUserId ?? requisition.requesterId });
    return c.json(summary(requisition), 201);
  });

  app.post('/:id/withdraw', (c) => {
    const requisition = requisitionOf(c);
    return summaryUnless(c, actions.withdraw(requisition), requisition);
  });

  app.post('/:id/submit', (c) => {
    const requisition = requisitionOf(c);
    return summaryUnless(c, actions.submit(requisition), requisition);
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
