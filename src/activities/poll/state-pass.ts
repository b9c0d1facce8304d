import type { Client } from '@temporalio/client';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { LARGEST_PAGE } from '../../connectors/coupa/list-page.ts';
import type { PassInput, PassResult } from '../../contract/poll.ts';
import { newsFor, tellDifferent } from './compare.ts';
import { mayDiffer } from './difference.ts';
import { knownApprovals } from './known-approvals.ts';
import { readRequisitions } from './read-requisitions.ts';

interface StatePassDeps {
  readonly coupa: CoupaClient;
  readonly client: Client;
  readonly policy: string;
}

/** One attempt at the pass: `progress` is where it begins, which after a crash is the last heartbeat. */
interface Attempt {
  readonly progress: PassResult;
  /** True: it failed more than once before, so that what it meets may stay. */
  readonly again: boolean;
  /**
   * Kept from run to run. `useless`: the requests ran out on a page whose list was no help. The next run then begins one
   * by one, with a page that they suffice for: with few requests a run it would never get past the first page.
   */
  readonly lists: { useless: boolean };
  readonly signal: AbortSignal;
  readonly beat: (progress: PassResult) => void;
  /** True: its time is over, and what is left waits for the next run. */
  readonly isOver: () => boolean;
}

/** As many approvals as one list request covers, even if no two are of one requisition. */
const pageApprovals = LARGEST_PAGE;

/**
 * Goes over open approvals from the cursor on, reads their requisitions and tells the workflows of differences, until
 * the round or the requests are at an end. A page that the requests did not suffice for comes again in the next run.
 */
export async function statePass(
  deps: StatePassDeps,
  { maxRequests, maxTold, now }: PassInput,
  { progress: begun, again, lists, signal, beat, isOver }: Attempt,
): Promise<PassResult> {
  let progress = begun;
  let singly = lists.useless;
  lists.useless = false;
  const spend = (): boolean => {
    if (progress.requests >= maxRequests) return false;
    progress = { ...progress, requests: progress.requests + 1 };
    beat(progress);
    return true;
  };
  while (progress.requests < maxRequests && progress.rechecked < maxTold && !isOver()) {
    signal.throwIfAborted();
    const left = maxRequests - progress.requests;
    // Read one by one, a page is no larger than the requests suffice for.
    const page = await knownApprovals(
      deps.client,
      progress.stateCursor,
      singly ? Math.min(pageApprovals, left) : pageApprovals,
    );
    const comparable = page.approvals.filter(mayDiffer);
    const requisitionIds = [...new Set(comparable.map(({ requisitionId }) => requisitionId))];
    const isNews = newsFor(comparable, progress.told, deps.policy);
    const result = await readRequisitions(deps.coupa, requisitionIds, {
      spend,
      singly,
      isNews,
      again,
      signal,
    });
    const { told, rechecked } = await tellDifferent(deps, comparable, result, {
      told: progress.told,
      now,
    });
    progress = {
      ...progress,
      rows: progress.rows + result.read.size,
      told,
      rechecked: progress.rechecked + rechecked,
      stateCursor: result.complete ? page.next : progress.stateCursor,
    };
    beat(progress);
    if (!result.complete) lists.useless = !result.listServes;
    if (!result.complete || page.next === '') break;
    singly = !result.listServes;
  }
  return progress;
}
