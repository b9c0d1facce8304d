import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { createDecideActivities, createReadActivities } from '../../activities/coupa/activities.ts';
import type { createEngineActivities } from '../../activities/engine/activities.ts';
import type { createMessageActivities } from '../../activities/messages/activities.ts';
import type { Mode } from '../../contract/mode.ts';
import type { CarryOutResult, Reading } from '../../contract/observation.ts';
import { taskQueues } from '../../contract/task-queues.ts';
import type { Command } from './core/events.ts';
import type { ApprovalCore } from './core/state.ts';

/** A worker that was killed is noticed after this, not after the whole time of what it was doing. */
const heartbeatTimeout = '15 seconds';

/** Two requests of 30 s at the most, and their wait for the limiter. */
const reads = proxyActivities<ReturnType<typeof createReadActivities>>({
  taskQueue: taskQueues.coupaRead,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout,
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 5 },
});

/** Four requests at the most. What Temporal gives up here, the core tries again, and says so. */
const decides = proxyActivities<ReturnType<typeof createDecideActivities>>({
  taskQueue: taskQueues.coupaDecide,
  startToCloseTimeout: '3 minutes',
  heartbeatTimeout,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', maximumInterval: '20 seconds', maximumAttempts: 4 },
});

const messages = proxyActivities<ReturnType<typeof createMessageActivities>>({
  taskQueue: taskQueues.moveworks,
  startToCloseTimeout: '90 seconds',
  heartbeatTimeout,
  // A card on its way out is waited for, so that what was sent is known to be sent.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute', maximumAttempts: 6 },
});

const engine = proxyActivities<ReturnType<typeof createEngineActivities>>({
  taskQueue: taskQueues.workflows,
  startToCloseTimeout: '30 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

export function readApproval({ approvalId, requisitionId, clock }: ApprovalCore): Promise<Reading> {
  const summary = `Look at approval ${approvalId} and requisition ${requisitionId} in Coupa`;
  const now = new Date().toISOString();
  return reads.readApproval.executeWithOptions({ summary }, [
    { approvalId, now, ...(clock === undefined ? {} : { clock }) },
  ]);
}

export function sendCard({ approvalId }: ApprovalCore, command: Command & { kind: 'send' }): Promise<Mode> {
  const { card, to, sheet, others, previous, reminder } = command;
  const verb = reminder === undefined ? 'Ask' : 'Remind';
  const summary = `${verb} Coupa user ${to.id} to decide (card ${card.id})`;
  const asks = {
    ...(others === undefined ? {} : { others }),
    ...(previous === undefined ? {} : { previous }),
    ...(reminder === undefined ? {} : { reminder }),
  };
  return messages.sendCard.executeWithOptions({ summary }, [
    { approvalId, cardId: card.id, to, sheet, ...asks },
  ]);
}

export function carryOutDecision(
  { approvalId }: ApprovalCore,
  { decision, factsHash, again }: Command & { kind: 'carryOut' },
): Promise<CarryOutResult> {
  const summary = `Check approval ${approvalId} again, then ${decision.action} it in Coupa`;
  return decides.carryOut.executeWithOptions({ summary }, [
    { approvalId, decision, factsHash, mayHaveWritten: again },
  ]);
}

export function followUp(core: ApprovalCore, command: Command & { kind: 'follow' }): Promise<void> {
  const { approvalId, requisitionId, sheet } = core;
  const { cause, ending, reason, holders, holdersOnly } = command;
  const summary =
    ending.outcome === 'passedOn'
      ? 'Tell whoever holds a card and may no longer decide'
      : 'Tell the people concerned and hand over to the next approval';
  return engine.startAfter.executeWithOptions({ summary }, [
    {
      approvalId,
      requisitionId,
      cause,
      sheet,
      ending,
      holders,
      ...(reason === undefined ? {} : { reason }),
      ...(holdersOnly === undefined ? {} : { holdersOnly }),
    },
  ]);
}
