import { type Context, Hono } from 'hono';
import { controlBody, controlId, controlProblem } from '../control-body.ts';
import type { SandboxEnv } from '../sandbox-env.ts';
import { currentRows } from './chain.ts';
import { restart } from './chain-events.ts';
import { addComment } from './comments.ts';
import { overviewOf } from './overview.ts';
import type { RequisitionActions } from './requisition-actions.ts';
import { commentBody, editBody, newRequisition, refuseBody } from './requisition-bodies.ts';
import type { Requisition } from './state.ts';
import type { Tenant } from './tenant.ts';

/** Control routes that do what requesters do in Coupa's own pages. */
export function controlRequisitions(tenant: Tenant, actions: RequisitionActions): Hono<SandboxEnv> {
  const { store, directory } = tenant;
  const creation = newRequisition(directory);
  const app = new Hono<SandboxEnv>();
  const requisitionOf = (c: Context<SandboxEnv>): Requisition => {
    const requisition = store.requisitions.get(controlId(c));
    if (requisition === undefined) throw controlProblem(404, 'no such requisition');
    return requisition;
  };
  const summary = (requisition: Requisition) => ({
    requisitionId: requisition.id,
    approvalId: requisition.currentApprovalId,
    approvalIds: currentRows(store, requisition).map(({ id }) => id),
    status: requisition.status,
  });
  const summaryUnless = (c: Context<SandboxEnv>, refusal: string | null, requisition: Requisition) => {
    if (refusal !== null) throw controlProblem(400, refusal);
    return c.json(summary(requisition));
  };

  app.post('/', async (c) => {
    return c.json(summary(actions.create(await controlBody(c, creation))), 201);
  });

  app.get('/:id', (c) => c.json(overviewOf(tenant, requisitionOf(c))));

  app.patch('/:id', async (c) => {
    const body = await controlBody(c, editBody);
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

  app.post('/:id/order', (c) => {
    const requisition = requisitionOf(c);
    return summaryUnless(c, actions.order(requisition), requisition);
  });

  app.post('/:id/reopen', (c) => {
    const requisition = requisitionOf(c);
    return summaryUnless(c, actions.reopen(requisition), requisition);
  });

  app.post('/:id/restart', (c) => {
    const requisition = requisitionOf(c);
    return summaryUnless(c, restart(store, requisition), requisition);
  });

  app.put('/:id/refuse', async (c) => {
    const { message, on } = await controlBody(c, refuseBody);
    const requisition = requisitionOf(c);
    requisition.refuse = message;
    requisition.refuseOn = on;
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
