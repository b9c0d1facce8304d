import type { Client } from '@temporalio/client';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { MAX_LISTED_REQUISITIONS } from '../../connectors/coupa/list-requisitions.ts';
import type { CoupaRequisition } from '../../connectors/coupa/types.ts';
import type { PassResult, StatePassInput } from '../../contract/poll.ts';
import { factsOf, hashFacts } from '../coupa/facts.ts';
import { recheck } from '../engine/approvals.ts';
import { differenceKey, differs, type Seen } from './difference.ts';
import { knownApprovals, type KnownApproval } from './known-approvals.ts';
import { readRequisitions, type ReadResult, type RequisitionRead } from './read-requisitions.ts';
import { toldLately } from './told.ts';

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
  readonly signal: AbortSignal;
  readonly beat: (progress: PassResult) => void;
}

/** As many approvals as one list request covers, even if no two are of one requisition. */
const pageApprovals = MAX_LISTED_REQUISITIONS;
/**
 * Every look that follows is two requests to Coupa: a changed policy must not send all approvals there at once, nor
 * more in a minute than are read in one (150 by default), or new approvals would wait behind them for hours.
 */
const mostTold = 100;

function seenOf(approvalId: number, requisition: Exclude<RequisitionRead, 'unreadable'>): Seen {
  if (requisition === 'gone') return 'gone';
  const { status, currentApprovalId, currentParallelApprovalIds } = requisition;
  const isTurn = currentApprovalId === approvalId || currentParallelApprovalIds.includes(approvalId);
  return { status, isTurn, factsHash: hashFacts(factsOf(requisition)) };
}

/** Whether a row that a list gave would be told to somebody, who has not been told of the same lately. */
function newsFor(approvals: readonly KnownApproval[], told: PassResult['told'], policy: string) {
  return (row: CoupaRequisition) =>
    approvals.some(({ approvalId, requisitionId, policy: _, ...known }) => {
      if (requisitionId !== row.id) return false;
      const seen = seenOf(approvalId, row);
      return differs(known, seen, policy) && told[differenceKey(approvalId, seen, policy)] === undefined;
    });
}

/** Tells those whose requisition differs, each difference once in a while; `told` says when. */
async function tellDifferent(
  { client, policy }: StatePassDeps,
  approvals: readonly KnownApproval[],
  { read }: ReadResult,
  before: { readonly told: PassResult['told']; readonly now: string },
) {
  const told = { ...before.told };
  let rechecked = 0;
  for (const known of approvals) {
    const { approvalId, requisitionId } = known;
    const requisition = read.get(requisitionId);
    if (requisition === undefined || requisition === 'unreadable') continue;
    const seen = seenOf(approvalId, requisition);
    if (!differs(known, seen, policy)) continue;
    const key = differenceKey(approvalId, seen, policy);
    if (told[key] !== undefined) continue;
    told[key] = before.now;
    // The full pass of this very run has told it to look, and that look will see this, too.
    if (told[approvalId] === before.now) continue;
    await recheck(client, approvalId);
    rechecked += 1;
  }
  return { told: toldLately(told, before.now), rechecked };
}

/**
 * Goes over open approvals from the cursor on, reads their requisitions and tells the workflows of differences, until
 * the round or the requests are at an end. A page that the requests did not suffice for comes again in the next run.
 */
export async function statePass(
  deps: StatePassDeps,
  { maxRequests, now }: StatePassInput,
  { progress: begun, again, signal, beat }: Attempt,
): Promise<PassResult> {
  let progress = begun;
  let singly = false;
  const spend = (): boolean => {
    if (progress.requests >= maxRequests) return false;
    progress = { ...progress, requests: progress.requests + 1 };
    beat(progress);
    return true;
  };
  while (progress.requests < maxRequests && progress.rechecked < mostTold) {
    signal.throwIfAborted();
    const left = maxRequests - progress.requests;
    // Read one by one, a page is no larger than the requests suffice for.
    const page = await knownApprovals(
      deps.client,
      progress.stateCursor,
      singly ? Math.min(pageApprovals, left) : pageApprovals,
    );
    const requisitionIds = [...new Set(page.approvals.map(({ requisitionId }) => requisitionId))];
    const isNews = newsFor(page.approvals, progress.told, deps.policy);
    const result = await readRequisitions(deps.coupa, requisitionIds, {
      spend,
      singly,
      isNews,
      again,
      signal,
    });
    const { told, rechecked } = await tellDifferent(deps, page.approvals, result, {
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
    if (!result.complete || page.next === '') break;
    singly = !result.listServes;
  }
  return progress;
}
