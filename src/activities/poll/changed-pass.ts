import type { Client } from '@temporalio/client';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { LARGEST_PAGE } from '../../connectors/coupa/list-page.ts';
import type { PassInput, PassResult } from '../../contract/poll.ts';
import { newsFor, tellDifferent } from './compare.ts';
import { mayDiffer } from './difference.ts';
import { knownApprovalsOf } from './known-approvals.ts';
import { readRequisitions } from './read-requisitions.ts';

/** Pages of changed requisitions in one run: after a mass change the state pass finds the rest. */
const mostPages = 4;

interface ChangedDeps {
  readonly coupa: CoupaClient;
  readonly client: Client;
  readonly policy: string;
}

/**
 * Compares the requisitions that Coupa touched lately with what the memos of their open approvals say, and tells those
 * that differ: a withdrawal or an edit is noticed by the next run, however long a round of the state pass takes. An
 * accelerator (P10): Coupa may change a requisition without a new `updated-at`. It never throws but for the signal;
 * `failed` hears of what went wrong.
 */
export async function changedPass(
  { coupa, client, policy }: ChangedDeps,
  { now, maxRequests, maxTold }: PassInput,
  run: {
    readonly progress: PassResult;
    readonly updatedSince: Date;
    readonly signal: AbortSignal;
    readonly failed: (error: unknown) => void;
    /** Told before each request: what was told so far must outlive a crash, and slow answers are no standstill. */
    readonly beat: (progress: PassResult) => void;
  },
): Promise<PassResult> {
  const { updatedSince, signal } = run;
  let { progress } = run;
  const spend = (): boolean => {
    if (progress.requests >= maxRequests) return false;
    progress = { ...progress, requests: progress.requests + 1 };
    run.beat(progress);
    return true;
  };
  try {
    for (let page = 0; page < mostPages && progress.rechecked < maxTold && spend(); page += 1) {
      const offset = page * LARGEST_PAGE;
      const ids = await coupa.listChangedRequisitions({ updatedSince, offset, priority: 'poll', signal });
      const approvals = (await knownApprovalsOf(client, ids)).filter(mayDiffer);
      const requisitionIds = [...new Set(approvals.map(({ requisitionId }) => requisitionId))];
      const isNews = newsFor(approvals, progress.told, policy);
      const how = { spend, isNews, singly: false, again: false, signal };
      const result = await readRequisitions(coupa, requisitionIds, how);
      const { told, rechecked } = await tellDifferent({ client, policy }, approvals, result, {
        told: progress.told,
        now,
      });
      progress = { ...progress, told, rechecked: progress.rechecked + rechecked };
      if (ids.length < LARGEST_PAGE || !result.complete) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    run.failed(error);
  }
  return progress;
}
