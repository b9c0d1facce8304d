import { isDeepStrictEqual } from 'node:util';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { policyFingerprint } from '../../src/activities/coupa/policy-fingerprint.ts';
import { createPollActivities } from '../../src/activities/poll/activities.ts';
import type { DelegationsInForce } from '../../src/activities/poll/delegation-pass.ts';
import { createCoupaClient } from '../../src/connectors/coupa/client.ts';
import { approvalMemoKey, type ApprovalMemo } from '../../src/contract/approval.ts';
import { approvalWorkflowId, pollScheduleId } from '../../src/contract/ids.ts';
import {
  beforeFirstPoll,
  type PassInput,
  type PassResult,
  type PollResult,
} from '../../src/contract/poll.ts';
import type { Stack } from './stack.ts';
import { until } from './until.ts';

const openApprovals = 'WorkflowType = "approval" AND ExecutionStatus = "Running"';

const nothingYet: PassInput = {
  ...beforeFirstPoll,
  now: '',
  maxRequests: 100,
  maxTold: 100,
};

/** The argument of a pass some minutes from now: time passes without waiting for it. */
export function inMinutes(minutes: number, more: Partial<PassInput> = {}): PassInput {
  return { ...nothingYet, ...more, now: new Date(Date.now() + minutes * 60_000).toISOString() };
}

/** Called for each list request of a pass: Coupa's own answer is to be had, or another is given instead. */
export type OnList = (answer: () => Promise<Response>, query: URLSearchParams) => Promise<Response>;

/** One pass outside a worker: how it ended, its requests to Coupa, and its heartbeats. */
interface Passed {
  result?: PassResult;
  error?: unknown;
  /** The queries of its list requests, of approvals or of requisitions. */
  lists: URLSearchParams[];
  /** How many requisitions it read by themselves. */
  singleReads: number;
  heartbeats: PassResult[];
}

export async function resultOf(running: Promise<Passed>): Promise<PassResult> {
  const { result, error } = await running;
  if (result === undefined) throw new Error('the pass failed', { cause: error });
  return result;
}

/** Runs of the poll and single passes on a stack whose schedule fires at a trigger only. */
export function pollingOf(stack: Stack) {
  const schedule = stack.client.schedule.getHandle(pollScheduleId);

  /** Wakes the poll and waits for the run that this started. Throws as the run failed. */
  async function poll(): Promise<PollResult> {
    const taken = (await schedule.describe()).info.numActionsTaken;
    const { status } = await stack.api.request('POST', '/poll');
    if (status !== 202) throw new Error(`POST /poll: ${status}`);
    const { workflow } = await until('the run of the poll', async () => {
      const { info } = await schedule.describe();
      return info.numActionsTaken > taken && info.recentActions.at(-1)?.action;
    });
    const run = stack.client.workflow.getHandle(workflow.workflowId, workflow.firstExecutionRunId);
    return (await run.result()) as PollResult;
  }

  /** Runs one pass, perhaps after an earlier attempt whose last heartbeat was `resumed`. */
  async function pass(
    kind: 'quickPass' | 'fullPass' | 'statePass',
    input: PassInput,
    resumed?: PassResult,
    onList: OnList = (answer) => answer(),
    policy = policyFingerprint(stack.config.policy),
    delegationsInForce?: DelegationsInForce,
  ): Promise<Passed> {
    const { client, config } = stack;
    const passed: Passed = { lists: [], singleReads: 0, heartbeats: [] };
    const coupa = createCoupaClient({
      ...config.coupa,
      fetch: (request, init) => {
        const url = new URL(request instanceof Request ? request.url : request);
        if (url.pathname.startsWith('/api/requisitions/')) passed.singleReads += 1;
        if (!['/api/approvals', '/api/requisitions'].includes(url.pathname)) return fetch(request, init);
        passed.lists.push(url.searchParams);
        return onList(() => fetch(request, init), url.searchParams);
      },
    });
    const pollIntervalMs = config.poll.intervalMs;
    const activities = createPollActivities({
      coupa,
      client,
      pollIntervalMs,
      policy,
      ...(delegationsInForce === undefined ? {} : { delegationsInForce }),
    });
    const environment = new MockActivityEnvironment(
      { heartbeatDetails: resumed },
      { logger: new DefaultLogger('ERROR') },
    );
    environment.on('heartbeat', (details: PassResult) => passed.heartbeats.push(details));
    try {
      const run = (argument: PassInput): Promise<PassResult> => activities[kind](argument);
      passed.result = await environment.run<[PassInput], PassResult, typeof run>(run, input);
    } catch (error) {
      passed.error = error;
    }
    return passed;
  }

  const handle = (approvalId: number) => stack.client.workflow.getHandle(approvalWorkflowId(approvalId));
  return {
    poll,
    pass,
    /** How many runs of the poll the schedule has begun. */
    runs: async (): Promise<number> => (await schedule.describe()).info.numActionsTaken,
    /** Polls until a run has noticed what became of an approval: Temporal's list of open workflows lags behind. */
    pollSeeing: (what: 'told' | 'seenClosed', approvalId: number): Promise<PollResult> =>
      until(`a run that has ${approvalId} in ${what}`, async () => {
        const result = await poll();
        return result[what][approvalId] !== undefined && result;
      }),
    /** The latest run of an approval's workflow. Throws WorkflowNotFoundError when there never was one. */
    runOf: async (approvalId: number) => {
      const { runId, status } = await handle(approvalId).describe();
      return { runId, status: status.name };
    },
    /**
     * Waits until Temporal's list, which lags, shows these as asked, and of the others that are open what they are
     * by now: a difference of an earlier test that the list still shows is told in the next pass.
     */
    listedAsAsked: (approvalIds: readonly number[]): Promise<unknown> =>
      until(`the list to show ${approvalIds.length} as asked`, async () => {
        const known = new Map<string, Partial<ApprovalMemo>>();
        for await (const { workflowId, memo } of stack.client.workflow.list({ query: openApprovals })) {
          known.set(workflowId, memo?.[approvalMemoKey] ?? {});
        }
        for (const [workflowId, listed] of known) {
          const { status, memo, raw } = await stack.client.workflow.getHandle(workflowId).describe();
          if (status.name !== 'RUNNING' || raw.pendingWorkflowTask != null) return false;
          if ((raw.pendingActivities ?? []).length > 0) return false;
          if (!isDeepStrictEqual(memo?.[approvalMemoKey], listed)) return false;
        }
        return approvalIds.every((id) => {
          const memo = known.get(approvalWorkflowId(id));
          return memo?.state === 'asked' && memo.factsHash !== undefined;
        });
      }),
    /** How many approvals are open. */
    countOpen: async () => (await stack.client.workflow.count(openApprovals)).count,
    /** How often the latest run of an approval was told to look again. */
    rechecks: async (approvalId: number): Promise<number> => {
      // A signal that comes during a workflow task is in the history only once that task has ended.
      await until('the workflow task to end', async () => {
        const { raw } = await handle(approvalId).describe();
        return raw.pendingWorkflowTask == null;
      });
      const { events } = await handle(approvalId).fetchHistory();
      return (events ?? []).filter(
        (event) => event.workflowExecutionSignaledEventAttributes?.signalName === 'recheck',
      ).length;
    },
    /** The approval rows of a requisition that nobody has decided. */
    pendingRows: async (requisitionId: number): Promise<number[]> => {
      const { approvals } = await stack.coupa.requisition(requisitionId);
      return approvals.filter(({ status }) => status === 'pending_approval').map(({ id }) => id);
    },
  };
}
