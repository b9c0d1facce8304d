/** Workflow types: the names under which `src/workflows/index.ts` exports them. */
export const workflowTypes = {
  approval: 'approval',
  after: 'after',
  poll: 'poll',
  notification: 'notification',
  purchaseRequest: 'purchaseRequest',
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

/** The workflow of one purchase request: a repeat of the same order finds it, and creates no second one. */
export function purchaseRequestWorkflowId(id: string): string {
  return `purchase-request-${id}`;
}

/** The id of the one purchase request that an approved requisition becomes. */
export function handOffId(requisitionId: number): string {
  return `coupa-${requisitionId}`;
}

/** What marks a purchase request of ours in Concur's comments, and in the comment on a requisition. */
export function purchaseRequestRef(id: string): string {
  return `ref:${id}`;
}
