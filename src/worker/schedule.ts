import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client';
import { pollScheduleId, pollWorkflowId, workflowTypes } from '../contract/ids.ts';
import { taskQueues } from '../contract/task-queues.ts';

/** A run that hangs under SKIP would stop the schedule for good. */
const runTimeout = '15 minutes';

/** Creates the poll's schedule or brings an existing one up to date. Pauses set by an operator are kept. */
export async function upsertPollSchedule(client: Client, pollIntervalMs: number): Promise<void> {
  const options = {
    scheduleId: pollScheduleId,
    spec: { intervals: [{ every: pollIntervalMs }] },
    action: {
      type: 'startWorkflow',
      workflowType: workflowTypes.poll,
      workflowId: pollWorkflowId,
      taskQueue: taskQueues.workflows,
      args: [],
      workflowRunTimeout: runTimeout,
      staticSummary: 'Look for approvals that wait in Coupa',
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
  } satisfies ScheduleOptions;
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies } = options;
    await client.schedule
      .getHandle(pollScheduleId)
      .update(({ state }) => ({ spec, action, policies, state }));
  }
}
