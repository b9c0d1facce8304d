import {
  ActivityCancellationType,
  ActivityFailure,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { createPollActivities } from '../activities/poll/activities.ts';
import type { PassInput, PassResult, PollResult, StatePassInput } from '../contract/poll.ts';
import { taskQueues } from '../contract/task-queues.ts';

type Passes = ReturnType<typeof createPollActivities>;

const options = {
  taskQueue: taskQueues.coupaPoll,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '1 minute',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '2 seconds', maximumInterval: '30 seconds', maximumAttempts: 4 },
} as const;

const { quickPass, fullPass } = proxyActivities<Pick<Passes, 'quickPass' | 'fullPass'>>(options);
/** It ends well before the run does: what the other passes found is handed on whatever becomes of it. */
const { statePass } = proxyActivities<Pick<Passes, 'statePass'>>({
  ...options,
  scheduleToCloseTimeout: '5 minutes',
});

/** Requests to Coupa of one run, which starts every minute: below 150 a minute, 10 % of what Coupa allows. */
const requestsOfRun = 140;
const requestsOfStatePass = 100;

const nothingYet: PollResult = {
  cursor: 0,
  highestSeen: 0,
  stateCursor: '',
  seenClosed: {},
  told: {},
  summary: '',
};

/** The state pass, or why there was none: it comes last, and a failure costs nothing but the comparison. */
async function compareStates(input: StatePassInput): Promise<PassResult | { readonly failure: string }> {
  try {
    const summary = 'State pass: open approvals whose requisition changed';
    return await statePass.executeWithOptions({ summary }, [input]);
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { failure: error.cause?.message ?? error.message };
  }
}

/**
 * One look at Coupa's pending approvals, started by the schedule. What it found goes to the next run through
 * `lastResult`, so that no database is needed; losing it costs a pass, never an approval (P10).
 */
export async function poll(): Promise<PollResult> {
  // Another release may have left less.
  const last: PollResult = {
    ...nothingYet,
    ...(workflowInfo().lastResult as Partial<PollResult> | undefined),
  };
  const { summary: _, ...known } = last;
  const input: PassInput = { ...known, now: workflowInfo().startTime.toISOString() };
  const quick = await quickPass.executeWithOptions({ summary: 'Quick pass: what is new in Coupa' }, [input]);
  const full = await fullPass.executeWithOptions(
    { summary: `Full pass: everything pending above approval ${input.cursor}` },
    [{ ...input, highestSeen: quick.highestSeen }],
  );
  const left = requestsOfRun - quick.requests - full.requests;
  const maxRequests = Math.max(0, Math.min(requestsOfStatePass, left));
  const state = await compareStates({ ...input, told: full.told, maxRequests });
  const compared =
    'failure' in state
      ? `open requisitions could not be compared: ${state.failure}`
      : `${state.rows} open requisitions compared, ${state.rechecked} approvals told of a change`;
  const started = quick.started + full.started;
  const found = `${full.rows} rows pending, ${started} approvals started, ${full.rechecked} told to look again`;
  return {
    cursor: full.cursor,
    highestSeen: full.highestSeen,
    stateCursor: 'failure' in state ? input.stateCursor : state.stateCursor,
    seenClosed: { ...quick.seenClosed, ...full.seenClosed },
    told: 'failure' in state ? full.told : state.told,
    summary: `${found}; ${compared}`,
  };
}
