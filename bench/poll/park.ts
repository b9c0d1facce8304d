import { approvalMemoKey, memoAtStart, type ApprovalMemo } from '../../src/contract/approval.ts';
import { approvalWorkflowId, workflowTypes } from '../../src/contract/ids.ts';
import { approvalIdKey, approvalStateKey, requisitionIdKey } from '../../src/contract/search-attributes.ts';
import { Secret } from '../../src/contract/secret.ts';
import { factsOf, hashFacts } from '../../src/activities/coupa/facts.ts';
import { createCoupaClient } from '../../src/connectors/coupa/client.ts';
import type { CoupaRequisition, PendingApprovalRow } from '../../src/connectors/coupa/types.ts';
import { closedLoop } from '../drive/closed-loop.ts';
import type { Started } from '../processes/stack.ts';
import { vendorKeys } from '../processes/sandbox-settings.ts';

/** Nobody carries it: what is started here is open and does nothing, whatever it is told. */
const parkedQueue = 'bench-parked';
const startsAtOnce = 16;
const pageRows = 50;

/** An approval that is open and that the poll takes for one that was asked about. */
export interface Parked {
  readonly approvalId: number;
  readonly requisitionId: number;
}

function coupaOf(url: string) {
  return createCoupaClient({
    baseUrl: url,
    clientId: vendorKeys.coupaClientId,
    clientSecret: new Secret(vendorKeys.coupaClientSecret),
    scopes: ['core.approval.read', 'core.requisition.read'],
    tokenPath: '/oauth2/token',
    requestsPerSecond: 1_000,
    settleMs: 0,
  });
}

/** What an approval's workflow says of itself once it has looked. */
function memoOf({ id, approvableId }: PendingApprovalRow, requisition: CoupaRequisition) {
  const { currentApprovalId, currentParallelApprovalIds } = requisition;
  const isTurn = currentApprovalId === id || currentParallelApprovalIds.includes(id);
  const atStart = memoAtStart({ approvalId: id, requisitionId: approvableId });
  const factsHash = hashFacts(factsOf(requisition));
  return { ...atStart, state: isTurn ? 'asked' : 'waiting', factsHash } satisfies ApprovalMemo;
}

/**
 * Brings about what months of work leave: an open workflow for each pending row, with the memo of one that has looked.
 * Each starts on a queue that nobody serves, so that tens of thousands of them take minutes; the poll cannot tell.
 * Every `staleEach`th of those asked remembers other facts than Coupa has: a change that Coupa left no date of.
 */
export async function park(
  { client, coupa }: Started,
  staleEach: number,
): Promise<{ readonly asked: readonly Parked[]; readonly stale: readonly Parked[] }> {
  const reading = coupaOf(coupa.url);
  const asked: Parked[] = [];
  const stale: Parked[] = [];
  for (let after = 0; ;) {
    const rows = await reading.listPendingRequisitionApprovals({ afterId: after, limit: pageRows });
    if (rows.length === 0) return { asked, stale };
    const requisitions = await reading.listRequisitions(rows.map(({ approvableId }) => approvableId));
    const byId = new Map(requisitions.map((each) => [each.id, each]));
    await closedLoop(rows, startsAtOnce, async (row) => {
      const requisition = byId.get(row.approvableId);
      if (requisition === undefined) throw new Error(`no requisition ${row.approvableId} in the list`);
      const known = memoOf(row, requisition);
      const parked = { approvalId: row.id, requisitionId: row.approvableId };
      const isStale = known.state === 'asked' && (asked.length + stale.length) % staleEach === staleEach - 1;
      if (known.state === 'asked') (isStale ? stale : asked).push(parked);
      const memo = isStale ? { ...known, factsHash: 'of-before' } : known;
      await client.workflow.start(workflowTypes.approval, {
        workflowId: approvalWorkflowId(row.id),
        taskQueue: parkedQueue,
        args: [],
        memo: { [approvalMemoKey]: memo },
        typedSearchAttributes: [
          { key: approvalIdKey, value: row.id },
          { key: approvalStateKey, value: memo.state },
          { key: requisitionIdKey, value: row.approvableId },
        ],
      });
    });
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return { asked, stale };
    after = last.id;
  }
}
