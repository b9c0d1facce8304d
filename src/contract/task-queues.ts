/**
 * One task queue for each kind of work, so that a flood of reads or cards never delays a decision (P11).
 * `countersign` carries workflow tasks and the activities that only talk to Temporal.
 */
export const taskQueues = {
  workflows: 'countersign',
  coupaDecide: 'coupa-decide',
  coupaRead: 'coupa-read',
  coupaPoll: 'coupa-poll',
  moveworks: 'moveworks',
  concur: 'concur',
} as const;
