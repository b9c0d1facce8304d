import {
  ActivityCancellationType,
  ActivityFailure,
  isCancellation,
  proxyActivities,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { createPollActivities } from '../activities/poll/activities.ts';
import {
  beforeFirstPoll,
  type HandOffPassInput,
  type HandOffPassResult,
  type PassInput,
  type PassResult,
  type PollResult,
} from '../contract/poll.ts';
import { taskQueues } from '../contract/task-queues.ts';
import { budgetOf, requestsOf } from './poll-budget.ts';
import { summaryOf } from './poll-summary.ts';

type Passes = ReturnType<typeof createPollActivities>;

const options = {
  taskQueue: taskQueues.coupaPoll,
  startToCloseTimeout: '5 minutes',
  // A worker that is gone must not cost the schedule a run: while this one lasts no other begins.
  heartbeatTimeout: '15 seconds',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '2 seconds', maximumInterval: '30 seconds', maximumAttempts: 4 },
} as const;

const { quickPass, fullPass } = proxyActivities<Pick<Passes, 'quickPass' | 'fullPass'>>(options);
/** They end well before the run does: what the other passes found is handed on whatever becomes of them. */
const { handOffPass, statePass } = proxyActivities<Pick<Passes, 'handOffPass' | 'statePass'>>({
  ...options,
  scheduleToCloseTimeout: '5 minutes',
});

/**
 * Workflows that one run may tell to look again. Every look is two requests to Coupa: a changed policy or a mass
 * decision must not send all approvals there at once, nor more in a minute than are read in one (150 by default), or
 * new approvals would wait behind them for hours.
 */
const toldOfRun = 100;

/** The state pass, or why there was none: it comes last, and a failure costs nothing but the comparison. */
async function compareStates(input: PassInput): Promise<PassResult | { readonly failure: string }> {
  try {
    const summary = 'State pass: open approvals whose requisition changed';
    return await statePass.executeWithOptions({ summary }, [input]);
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { failure: error.cause?.message ?? error.message };
  }
}

/** What became of the pass over approved requisitions: a failure costs nothing but what it would have found. */
async function handOver(
  input: HandOffPassInput,
): Promise<HandOffPassResult | { readonly failure: string } | undefined> {
  try {
    const summary = 'Hand-over pass: approved requisitions that go to SAP Concur';
    return (await handOffPass.executeWithOptions({ summary }, [input])) ?? undefined;
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
  const { lastResult, startTime } = workflowInfo();
  // Another release may have left less.
  const last: PollResult = { ...beforeFirstPoll, ...(lastResult as Partial<PollResult> | undefined) };
  const { summary: _, budget: before, handOff: kept, ...known } = last;
  const begunAt = startTime.toISOString();
  const budget = budgetOf(before, begunAt, kept !== undefined);
  // Wake-ups in quick succession: whatever comes meanwhile is seen by this run, too.
  if (budget.waitMs > 0) await sleep(budget.waitMs, { summary: 'Coupa was asked much lately' });
  const now = new Date(startTime.getTime() + budget.waitMs).toISOString();
  // A worker of another release, which may carry a pass of this run, leaves less, too.
  const least: Partial<PassResult> = {
    others: known.others,
    delegations: known.delegations,
    delegationsDue: known.delegationsDue,
  };
  let { left } = budget;

  const quickMost = requestsOf.quickPass(left);
  const quick = await quickPass.executeWithOptions({ summary: 'Quick pass: what is new in Coupa' }, [
    { ...known, now, maxRequests: quickMost, maxTold: toldOfRun },
  ]);
  left -= quick.requests;
  const { highestSeen } = quick;
  const passed = await fullPass.executeWithOptions(
    { summary: `Full pass: everything pending above approval ${known.cursor}` },
    [
      {
        ...known,
        now,
        highestSeen,
        told: quick.told,
        maxRequests: requestsOf.fullPass(left),
        maxTold: Math.max(0, toldOfRun - quick.rechecked),
      },
    ],
  );
  const full: PassResult = { ...least, ...passed };
  left -= full.requests;
  const mostOfHandOff = requestsOf.handOffPass(left);
  const handOff =
    quick.handsOff === true
      ? await handOver({ ...(kept === undefined ? {} : { cursor: kept }), now, maxRequests: mostOfHandOff })
      : undefined;
  if (handOff !== undefined) left -= 'failure' in handOff ? mostOfHandOff : handOff.requests;
  const cursor = handOff === undefined || 'failure' in handOff ? kept : handOff.cursor;
  const maxRequests = requestsOf.statePass(left);
  const maxTold = Math.max(0, toldOfRun - quick.rechecked - full.rechecked);
  // It has no use for the rows of closed workflows, which may be many.
  const state = await compareStates({
    ...known,
    now,
    seenClosed: {},
    told: full.told,
    maxRequests,
    maxTold,
  });
  const compared = 'failure' in state ? { ...known, told: full.told } : { ...least, ...state };
  const { delegationCursor } = compared;
  return {
    cursor: full.cursor,
    highestSeen: full.highestSeen,
    stateCursor: compared.stateCursor,
    seenClosed: { ...quick.seenClosed, ...full.seenClosed },
    told: compared.told,
    others: full.others,
    delegations: compared.delegations,
    delegationsDue: compared.delegationsDue,
    ...(delegationCursor === undefined ? {} : { delegationCursor }),
    // Of a pass that failed nobody knows how far it came.
    budget: { left: left - ('failure' in state ? maxRequests : state.requests), at: now },
    ...(cursor === undefined ? {} : { handOff: cursor }),
    summary: summaryOf({ quick, full, state, ...(handOff === undefined ? {} : { handOff }) }),
  };
}
