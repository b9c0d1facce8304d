/** The scopes by resource, as Coupa's table of scopes gives them; the one for `/api/delegations` is not published. */
const reads: Readonly<Record<string, string>> = {
  approvals: 'core.approval.read',
  requisitions: 'core.requisition.read',
  users: 'core.user.read',
  user_groups: 'core.user_group.read',
};

/**
 * The scope that a call needs, by its route (`GET /api/approvals/:id`); undefined where it is not known. Comments need
 * one of their own, whatever they belong to.
 */
export function scopeFor(operation: string): string | undefined {
  const [, method, resource = '', rest = ''] = /^([A-Z]+) \/api\/(\w+)(.*)$/.exec(operation) ?? [];
  if (rest.endsWith('/comments')) return method === 'GET' ? 'core.comment.read' : 'core.comment.write';
  if (method === 'GET') return reads[resource];
  return resource === 'approvals' ? 'core.approval.write' : undefined;
}
