import { type Context, Hono } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { apiUserId, people, type Person } from '../world/people.ts';
import { admission, needsScope } from './access.ts';
import { commentRoutes } from './comment-routes.ts';
import { notFound, validationError } from './coupa-problem.ts';
import { decide } from './decide.ts';
import { slim } from './fields.ts';
import { LeakyBucket } from './leaky-bucket.ts';
import { attribute, type Attributes, listRows } from './list-query.ts';
import type { CoupaSettings } from './options.ts';
import { renderApproval, shownApproverId } from './render-approval.ts';
import { renderRequisition } from './render-requisition.ts';
import { renderUserDetail } from './render-user.ts';
import type { Approval, Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';

const approvalAttributes: Attributes<Approval> = {
  id: attribute.integer((row) => row.id),
  status: attribute.text((row) => row.status),
  approvable_type: attribute.text(() => 'RequisitionHeader'),
  approvable_id: attribute.integer((row) => row.requisitionId),
  approver_id: attribute.integer(shownApproverId),
  created_at: attribute.date((row) => row.createdAt),
  updated_at: attribute.date((row) => row.updatedAt),
};

const requisitionAttributes: Attributes<Requisition> = {
  id: attribute.integer((row) => row.id),
  status: attribute.text((row) => row.status),
  created_at: attribute.date((row) => row.createdAt),
  updated_at: attribute.date((row) => row.updatedAt),
};

const userAttributes: Attributes<Person> = {
  id: attribute.integer((person) => person.id),
  email: attribute.caseless((person) => person.email),
  login: attribute.text((person) => person.login),
  status: attribute.text(() => 'active'),
};

/** The vendor's own routes under `/api`, each behind the token, the scope and the rate limit that Coupa asks for. */
export function apiRoutes(store: CoupaStore, settings: CoupaSettings): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const scope = (name: string) => needsScope(store, settings, name);
  app.use('*', admission(store, settings, new LeakyBucket()));

  app.get('/approvals', scope('core.approval.read'), (c) => {
    const rows = listRows(store.approvals.values(), paramsOf(c), approvalAttributes);
    return answer(c, rows.map(renderApproval));
  });
  app.get('/approvals/:id', scope('core.approval.read'), (c) => {
    return answer(c, renderApproval(found(store.approvals.get(pathId(c)), 'Approval')));
  });
  app.put('/approvals/:id/approve', scope('core.approval.write'), decisionRoute(store, settings, 'approve'));
  app.put('/approvals/:id/reject', scope('core.approval.write'), decisionRoute(store, settings, 'reject'));

  app.get('/requisitions', scope('core.requisition.read'), (c) => {
    const rows = listRows(store.requisitions.values(), paramsOf(c), requisitionAttributes);
    return answer(
      c,
      rows.map((row) => renderRequisition(store, row)),
    );
  });
  app.get('/requisitions/:id', scope('core.requisition.read'), (c) => {
    return answer(c, renderRequisition(store, found(store.requisitions.get(pathId(c)), 'Requisition')));
  });
  app.route('/requisitions', commentRoutes(store, scope));

  app.get('/users', scope('core.user.read'), (c) => {
    return answer(c, listRows(people, paramsOf(c), userAttributes).map(renderUserDetail));
  });
  app.get('/users/:id', scope('core.user.read'), (c) => {
    const id = pathId(c);
    return answer(
      c,
      renderUserDetail(
        found(
          people.find((person) => person.id === id),
          'User',
        ),
      ),
    );
  });
  return app;
}

/** `PUT /approvals/:id/{approve|reject}?reason=`: recorded as the API client's user, whoever pressed the button. */
function decisionRoute(store: CoupaStore, settings: CoupaSettings, action: 'approve' | 'reject') {
  return (c: Context<SandboxEnv>): Response => {
    const approvalId = pathId(c);
    const approval = store.approvals.get(approvalId);
    const refuse = approval && store.requisitions.get(approval.requisitionId)?.refuse;
    if (action === 'approve' && approval?.status === 'pending_approval' && typeof refuse === 'string') {
      throw validationError('approval', refuse);
    }
    const decision = { approvalId, action, reason: paramsOf(c).get('reason'), byUserId: apiUserId };
    const decided = decide(store, decision);
    if (!decided.done) {
      throw decided.unknown ? notFound('Approval') : validationError('approval', decided.message);
    }
    const entry = c.get('entry');
    entry.effect = action === 'approve' ? 'approved' : 'rejected';
    entry.approvalId = approvalId;
    if (settings.decisionAnswer === 'empty204') return c.body(null, 204);
    if (settings.decisionAnswer === 'approval') return answer(c, renderApproval(decided.approval));
    return answer(c, renderRequisition(store, decided.requisition));
  };
}

function answer(c: Context<SandboxEnv>, body: unknown): Response {
  return Response.json(slim(body, paramsOf(c)));
}

function paramsOf(c: Context<SandboxEnv>): URLSearchParams {
  return new URL(c.req.url).searchParams;
}

function pathId(c: Context<SandboxEnv>): number {
  return Number(c.req.param('id'));
}

function found<Row>(row: Row | undefined, object: string): Row {
  if (row === undefined) throw notFound(object);
  return row;
}
