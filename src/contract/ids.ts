/** Workflow types: the names under which `src/workflows/index.ts` exports them. */
export const workflowTypes = {
  approval: 'approval',
  after: 'after',
  poll: 'poll',
  notification: 'notification',
} as const;

/** The schedule that looks for pending approvals, and the prefix of its runs' workflow ids. */
export const pollScheduleId = 'poll-coupa';
export const pollWorkflowId = 'poll';

/** P1: one open workflow per approval id, because the id is the workflow's id. */
export function approvalWorkflowId(approvalId: number): string {
  return `approval-${approvalId}`;
}

/** The workflow of everything that follows an approval's end: notices and the hand-over to the next one. */
export function afterWorkflowId(approvalId: number, cause: string): string {
  return `after-${approvalId}-${cause}`;
}

/** The workflow that sends one notification: `name` is random, or a hash of the caller's key (P9). */
export function notificationWorkflowId(name: string): string {
  return `notification-${name}`;
}
