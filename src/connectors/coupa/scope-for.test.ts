import { describe, expect, it } from 'vitest';
import { scopeFor } from './scope-for.ts';

describe('scopeFor', () => {
  it.each([
    ['GET /api/approvals', 'core.approval.read'],
    ['GET /api/approvals/:id', 'core.approval.read'],
    ['PUT /api/approvals/:id/approve', 'core.approval.write'],
    ['PUT /api/approvals/:id/reject', 'core.approval.write'],
    ['GET /api/requisitions', 'core.requisition.read'],
    ['GET /api/requisitions/:id', 'core.requisition.read'],
    ['GET /api/requisitions/:id/comments', 'core.comment.read'],
    ['GET /api/users', 'core.user.read'],
    ['GET /api/user_groups/:id', 'core.user_group.read'],
  ])('%s needs %s', (operation, scope) => {
    expect(scopeFor(operation)).toBe(scope);
  });

  it.each(['GET /api/delegations', 'POST /oauth2/token', 'PUT /api/requisitions/:id', 'nonsense'])(
    'does not know what %s needs',
    (operation) => {
      expect(scopeFor(operation)).toBeUndefined();
    },
  );
});
