import { type Context, Hono } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { apiUserId } from '../world/people.ts';
import { admission, needsScope } from './access.ts';
import { answer, found, paramsOf, pathId } from './api-answer.ts';
import { commentRoutes } from './comment-routes.ts';
import { notFound, validationError } from './coupa-problem.ts';
import { byCurrentApprover } from './current-approver.ts';
import { decide } from './decide.ts';
import { directoryRoutes } from './directory-routes.ts';
import { documentOf } from './documents.ts';
import { LeakyBucket } from './leaky-bucket.ts';
import { LateLists } from './late-lists.ts';
import { listById } from './list-by-id.ts';
import { attribute, type Attributes, listRows } from './list-query.ts';
import { renderApproval, shownApproverId, shownUpdatedAt } from './render-approval.ts';
import { renderRequisition } from './render-requisition.ts';
import type { Approval, Requisition } from './state.ts';
import type { Tenant } from './tenant.ts';

function approvalAttributes(tenant: Tenant): Attributes<Approval> {
  return {
    id: attribute.integer((row) => row.id),
    status: attribute.text((row) => row.status),
    approvable_type: attribute.text((row) => documentOf(row).type),
    approvable_id: attribute.integer((row) => documentOf(row).id),
    approver_id: attribute.integer(shownApproverId),
    created_at: attribute.date((row) => row.createdAt),
    updated_at: attribute.date((row) => shownUpdatedAt(tenant, row)),
  };
}

const requisitionAttributes: Attributes<Requisition> = {
  id: attribute.integer((row) => row.id),
  status: attribute.text((row) => row.status),
  created_at: attribute.date((row) => row.createdAt),
  updated_at: attribute.date((row) => row.updatedAt),
};

/** The vendor's own routes under `/api`, each behind the token, the scope and the rate limit that Coupa asks for. */
export function apiRoutes(tenant: Tenant): Hono<SandboxEnv> {
  const { store, settings, directory } = tenant;
  const rowAttributes = approvalAttributes(tenant);
  const row = (approval: Approval) => renderApproval(tenant, approval);
  const document = (requisition: Requisition) => renderRequisition(tenant, requisition);
  const lists = new LateLists(store, settings);
  const app = new Hono<SandboxEnv>();
  const scope = (name: string) => needsScope(store, settings, name);
  app.use('*', admission(store, settings, new LeakyBucket()));

  app.get('/approvals', scope('core.approval.read'), (c) => {
    return answer(c, listById(lists.documents().approvals, paramsOf(c), rowAttributes).map(row));
  });
  app.get('/approvals/:id', scope('core.approval.read'), (c) => {
    return answer(c, row(found(store.approvals.get(pathId(c)), 'Approval')));
  });
  app.put('/approvals/:id/approve', scope('core.approval.write'), decisionRoute(tenant, 'approve'));
  app.put('/approvals/:id/reject', scope('core.approval.write'), decisionRoute(tenant, 'reject'));

  app.get('/requisitions', scope('core.requisition.read'), (c) => {
    const params = paramsOf(c);
    const shown = { ...tenant, store: lists.documents() };
    const current = byCurrentApprover(shown, params);
    const rows =
      current === undefined
        ? listById(shown.store.requisitions, params, requisitionAttributes)
        : listRows(current, params, requisitionAttributes);
    return answer(
      c,
      rows.map((one) => renderRequisition(shown, one)),
    );
  });
  app.get('/requisitions/:id', scope('core.requisition.read'), (c) => {
    return answer(c, document(found(store.requisitions.get(pathId(c)), 'Requisition')));
  });
  app.route('/requisitions', commentRoutes(tenant, scope));

  app.route('/', directoryRoutes(directory, scope));
  return app;
}

/** `PUT /approvals/:id/{approve|reject}?reason=`: recorded as the API client's user, whoever pressed the button. */
function decisionRoute(tenant: Tenant, action: 'approve' | 'reject') {
  const { settings } = tenant;
  return (c: Context<SandboxEnv>): Response => {
    const approvalId = pathId(c);
    const refused = refusalOf(tenant, approvalId, action);
    if (refused !== null) throw validationError('approval', refused);
    const decision = { approvalId, action, reason: paramsOf(c).get('reason'), byUserId: apiUserId };
    const decided = decide(tenant, decision);
    if (!decided.done) {
      throw decided.unknown ? notFound('Approval') : validationError('approval', decided.message);
    }
    const entry = c.get('entry');
    entry.effect = action === 'approve' ? 'approved' : 'rejected';
    entry.approvalId = approvalId;
    if (settings.decisionAnswer === 'empty204') return c.body(null, 204);
    if (settings.decisionAnswer === 'requisition' && decided.requisition !== null) {
      return answer(c, renderRequisition(tenant, decided.requisition));
    }
    return answer(c, renderApproval(tenant, decided.approval));
  };
}

/** The words with which a limit or a blocking chain refuses this decision; null when nothing does. */
function refusalOf({ store }: Tenant, approvalId: number, action: 'approve' | 'reject'): string | null {
  const approval = store.approvals.get(approvalId);
  const requisition = store.requisitions.get(approval?.requisitionId ?? 0);
  if (approval?.status !== 'pending_approval' || requisition === undefined) return null;
  const { refuse, refuseOn = 'approve' } = requisition;
  return refuseOn === action || refuseOn === 'both' ? refuse : null;
}
