import {
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import { approvalWorkflowId, pollScheduleId } from '../../contract/ids.ts';
import { decideSignal, lookUpSignal } from '../../contract/messages.ts';
import { ApprovalGone, EngineUnavailable, type Engine } from './engine.ts';
import { listPage } from './list.ts';
import { fingerprintOf, startNotification, waitForNotification } from './notifications.ts';
import { purchaseRequestEngine } from './purchase-requests.ts';
import { recordOf } from './record.ts';
import { describeRun } from './runs.ts';
import { waitForSettlement } from './settled.ts';
import { within } from './within.ts';

/** The signal, and a `describe` where it finds nobody, come before an answer, so together they stay within the 5 s a caller waits for a 503. */
const describeDeadlineMs = 2_000;
const callDeadlineMs = 3_000;

/** The API's way to Temporal: the only part of it that talks to one. `pollScheduleId` defaults to ours. */
export function createEngine(options: { client: Client; pollScheduleId?: string }): Engine {
  const { client } = options;
  const handleOf = (approvalId: number) => client.workflow.getHandle(approvalWorkflowId(approvalId));
  const describe = (approvalId: number) => describeRun(client, approvalId, describeDeadlineMs);

  return {
    ...purchaseRequestEngine(client, { describeDeadlineMs, callDeadlineMs }),
    describe,
    async decide(approvalId, decision) {
      try {
        await within(client, callDeadlineMs, () => handleOf(approvalId).signal(decideSignal, decision));
        return 'accepted';
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        return describe(approvalId);
      }
    },
    settled: (approvalId, decision, waitMs, signal) =>
      waitForSettlement(client, approvalId, decision, { waitMs, signal }),
    async record(approvalId, seen) {
      const run = seen ?? (await describe(approvalId));
      return run.kind === 'none' ? undefined : recordOf(client, approvalId, run, callDeadlineMs);
    },
    list: (request) => listPage(client, request, callDeadlineMs),
    async lookUp(approvalId, lookUp) {
      try {
        await within(client, callDeadlineMs, () => handleOf(approvalId).signal(lookUpSignal, lookUp));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError)
          throw new ApprovalGone(`Approval ${approvalId} has ended.`);
        throw error;
      }
    },
    notification: (name) => fingerprintOf(client, name, describeDeadlineMs),
    notify: (start) => startNotification(client, start, callDeadlineMs),
    notified: (name, waitMs, signal) => waitForNotification(client, name, { waitMs, signal }),
    async wakePoll() {
      const schedule = client.schedule.getHandle(options.pollScheduleId ?? pollScheduleId);
      try {
        // SKIP would lose a wake-up that comes during a run; ALLOW_ALL would let two runs overlap.
        await within(client, callDeadlineMs, () => schedule.trigger(ScheduleOverlapPolicy.BUFFER_ONE));
      } catch (error) {
        if (error instanceof ScheduleNotFoundError) throw new EngineUnavailable('no poll schedule yet');
        throw error;
      }
    },
    async ready() {
      const { namespace } = client.options;
      await within(client, describeDeadlineMs, () => client.workflowService.describeNamespace({ namespace }));
    },
  };
}
