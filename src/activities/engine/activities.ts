import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { cancellationSignal, log } from '@temporalio/activity';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { AfterInput, HandOver } from '../../contract/after.ts';
import { afterWorkflowId, workflowTypes } from '../../contract/ids.ts';
import { taskQueues } from '../../contract/task-queues.ts';
import type { HandOff } from '../hand-off/begin.ts';
import { startOrRecheck } from './approvals.ts';
import { handOffIfSelected } from './hand-off.ts';

type After = (input: AfterInput) => Promise<unknown>;

/** Activities of the queue `countersign`: they talk to Temporal alone. */
export function createEngineActivities({ client }: { readonly client: Client }) {
  return {
    /** Starts what follows an approval's end, or tells those whom it passed on from. Running it twice starts it once: the id names the cause. */
    async startAfter(input: AfterInput): Promise<void> {
      const { approvalId, cause, ending, holdersOnly } = input;
      const passedOn = ending.outcome === 'passedOn' || holdersOnly === true;
      try {
        await client.workflow.start<After>(workflowTypes.after, {
          workflowId: afterWorkflowId(approvalId, cause),
          taskQueue: taskQueues.workflows,
          args: [input],
          workflowIdConflictPolicy: 'USE_EXISTING',
          // Without a decision the cause is the run's own: what had been told and has closed is not told again.
          workflowIdReusePolicy: ending.standing === undefined ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
          staticSummary: `After approval ${approvalId}: tell people${passedOn ? '' : ', hand over'}`,
        });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
  };
}

function warnOf(requisitionId: number) {
  return (error: unknown): void => {
    log.warn('approved, but not handed to SAP Concur now; a poll will find it', { requisitionId, error });
  };
}

/** The hand-over reads Coupa and tells Temporal, on the queue `coupa-read`. */
export function createHandOverActivities({
  client,
  coupa,
  handOff,
}: {
  readonly client: Client;
  readonly coupa: CoupaClient;
  /** Absent: nothing goes to SAP Concur. */
  readonly handOff?: HandOff;
}) {
  return {
    /**
     * Looks for the approvals whose turn it is now and tells their workflows: one request to Coupa. A requisition that
     * waits for nobody any more may go to SAP Concur: one more.
     */
    async handOver(input: {
      readonly requisitionId: number;
      readonly approvalId: number;
    }): Promise<HandOver> {
      const { requisitionId, approvalId } = input;
      const requisition = await coupa.getRequisition(requisitionId, { signal: cancellationSignal() });
      if (requisition?.status !== 'pending_approval') {
        if (requisition?.status === 'approved' && handOff?.mode === 'decide') {
          await handOffIfSelected(
            { client, coupa, rule: handOff.rule, warn: warnOf(requisitionId) },
            requisitionId,
          );
        }
        return { told: [], finished: true };
      }
      const current = [requisition.currentApprovalId, ...requisition.currentParallelApprovalIds];
      const next = new Set(current.filter((id) => id !== null && id !== approvalId));
      const told: number[] = [];
      for (const id of next) {
        if (id === null) continue;
        if ((await startOrRecheck(client, { approvalId: id, requisitionId })) === 'told') told.push(id);
      }
      return { told: told.toSorted((a, b) => a - b), finished: false };
    },
  };
}
