import { cancellationSignal, Context, log } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { HandOffPassInput, HandOffPassResult, PassInput, PassResult } from '../../contract/poll.ts';
import { beating } from '../beating.ts';
import type { HandOff } from '../hand-off/begin.ts';
import { begin } from './begin.ts';
import { changedPass } from './changed-pass.ts';
import { delegationPass, type DelegationsInForce } from './delegation-pass.ts';
import { fullPass } from './full-pass.ts';
import { handOffPass } from './hand-off-pass.ts';
import { countOthers, noneCounted } from './other-documents.ts';
import { createOptional } from './optional.ts';
import { quickPass, quickQueries, type QuickProgress } from './quick-pass.ts';
import { boundedSeen } from './seen-closed.ts';
import { statePass } from './state-pass.ts';

export interface PollDeps {
  readonly coupa: CoupaClient;
  readonly client: Client;
  readonly pollIntervalMs: number;
  /** Names the policy in force: an approval whose last look applied another one is told to look again. */
  readonly policy: string;
  /** Absent: a delegation that begins or ends is noticed when an approval looks for another reason. */
  readonly delegationsInForce?: DelegationsInForce;
  /** Absent: nothing goes to SAP Concur. */
  readonly handOff?: HandOff;
}

/** `updated-at` has whole seconds, and clocks differ: the window overlaps the one before by minutes. */
const updatedOverlapMs = 5 * 60_000;
/** Requests of one run that go into counting other documents. */
const mostForOthers = 4;
/**
 * Share of the interval that a pass may take: a run that lasted longer than the interval would cost the next one, and
 * with it the time in which a new approval is found.
 */
const shareOfTime = { full: 0.3, state: 0.5 } as const;
const [leastMs, mostMs] = [1_000, 2 * 60_000];

/** Says when a pass has had its share of the interval. */
function timeBox(pollIntervalMs: number, share: number): () => boolean {
  const endsAtMs = performance.now() + Math.min(mostMs, Math.max(leastMs, pollIntervalMs * share));
  return () => performance.now() >= endsAtMs;
}

/** Tells the next attempt how far this one came. */
type Beat = (progress: PassResult & Partial<QuickProgress>) => void;

/** What the attempt before this one came to, from its last heartbeat. */
function resumed(): (PassResult & Partial<QuickProgress>) | undefined {
  return Context.current().info.heartbeatDetails as (PassResult & Partial<QuickProgress>) | undefined;
}

/** Activities of the queue `coupa-poll`: they find what changed in Coupa and tell the approvals' workflows. */
export function createPollActivities(deps: PollDeps) {
  const { coupa, client, pollIntervalMs, policy, delegationsInForce, handOff } = deps;
  const handsOff = handOff?.mode === 'decide';
  const changes = createOptional('the list of requisitions by their change', log);
  const otherDocuments = createOptional('the count of documents other than requisitions', log);
  const delegations = createOptional('the comparison of delegations', log);
  const lists = { useless: false };

  async function quick(input: PassInput, beat: Beat): Promise<PassResult> {
    const signal = cancellationSignal();
    const updatedSince = new Date(Date.parse(input.now) - updatedOverlapMs - pollIntervalMs);
    const begun = resumed() ?? { ...begin(input), seenClosed: {} };
    const found = await quickPass({ coupa, client }, input, { begun, updatedSince, signal, beat });
    const progress = { ...found, seenClosed: boundedSeen(found.seenClosed) };
    if (!changes.serves()) return progress;
    return changedPass({ coupa, client, policy }, input, {
      progress,
      updatedSince,
      signal,
      failed: changes.failed,
      // An attempt after a crash goes on behind both queries.
      beat: (each) => {
        beat({ ...each, resume: { query: quickQueries } });
      },
    });
  }

  async function full(input: PassInput, beat: Beat): Promise<PassResult> {
    const signal = cancellationSignal();
    const isOver = timeBox(pollIntervalMs, shareOfTime.full);
    const attempt = { progress: resumed() ?? begin(input), signal, beat, isOver };
    const progress = await fullPass({ coupa, client }, input, attempt);
    if (!otherDocuments.serves()) return { ...progress, others: noneCounted };
    let { requests } = progress;
    const most = Math.min(input.maxRequests, requests + mostForOthers);
    const spend = () => requests < most && (requests += 1) > 0;
    try {
      const others = await countOthers(coupa, progress.others, { spend, signal });
      if (others === undefined) otherDocuments.off();
      return { ...progress, requests, others: others ?? noneCounted };
    } catch (error) {
      signal.throwIfAborted();
      otherDocuments.failed(error);
      return { ...progress, requests };
    }
  }

  async function state(input: PassInput, beat: Beat): Promise<PassResult> {
    const { info } = Context.current();
    const signal = cancellationSignal();
    const isOver = timeBox(pollIntervalMs, shareOfTime.state);
    let progress: PassResult = resumed() ?? begin(input);
    if (delegationsInForce !== undefined) {
      try {
        const inForce = await delegationsInForce(new Date(input.now));
        if (inForce !== undefined) {
          progress = await delegationPass(client, inForce, input, { progress, signal });
        }
      } catch (error) {
        signal.throwIfAborted();
        delegations.failed(error);
      }
    }
    const attempt = { progress, again: info.attempt > 2, lists, signal, beat, isOver };
    return statePass({ coupa, client, policy }, input, attempt);
  }

  return {
    /** What is new, and whose requisition Coupa touched lately. It says whether the run hands requisitions off. */
    quickPass: async (input: PassInput): Promise<PassResult> => {
      const passed = await beating((beat) => quick(input, beat));
      return handsOff ? { ...passed, handsOff } : passed;
    },

    /** A slice of everything pending (P10), and of the count of other documents. */
    fullPass: (input: PassInput): Promise<PassResult> => beating((beat) => full(input, beat)),

    /**
     * Tells the approvals of people whose delegations changed, and a slice of all open approvals: those whose
     * requisition is no longer what their memo says. A withdrawn or edited requisition keeps its pending row, so the
     * full pass does not see it, and the quick pass only where Coupa dates the change.
     */
    statePass: (input: PassInput): Promise<PassResult> => beating((beat) => state(input, beat)),

    /** Approved requisitions that go to SAP Concur and nobody hands over yet; null where this worker hands off none. */
    handOffPass: async (input: HandOffPassInput): Promise<HandOffPassResult | null> => {
      if (handOff === undefined || !handsOff) return null;
      const { info } = Context.current();
      const resumed = info.heartbeatDetails as HandOffPassResult | undefined;
      const again = info.attempt > 2;
      return beating((beat) => {
        const attempt = { resumed, again, signal: cancellationSignal(), beat };
        return handOffPass({ coupa, client, rule: handOff.rule }, input, attempt);
      });
    },
  };
}
