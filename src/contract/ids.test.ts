import { describe, expect, it } from 'vitest';
import { afterWorkflowId, approvalWorkflowId, notificationWorkflowId } from './ids.ts';

describe('workflow ids', () => {
  it('are one for each approval (P1), and hold Coupa’s id alone (P9)', () => {
    expect(approvalWorkflowId(42)).toBe('approval-42');
  });

  it('of notifications say nothing of whom they go to (P9)', () => {
    expect(notificationWorkflowId('1f3a')).toBe('notification-1f3a');
  });

  it('of what follows are one for each decision', () => {
    expect(afterWorkflowId(42, 'd-1')).toBe('after-42-d-1');
    expect(afterWorkflowId(42, 'd-2')).not.toBe(afterWorkflowId(42, 'd-1'));
  });
});
