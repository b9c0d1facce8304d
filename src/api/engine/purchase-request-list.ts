import type { Client } from '@temporalio/client';
import { workflowTypes } from '../../contract/ids.ts';
import { purchaseRequestStateKey } from '../../contract/search-attributes.ts';
import { workflowsPage } from '../../visibility/workflows-page.ts';
import { cursorPage } from './cursor-page.ts';
import type { PurchaseRequestsPage, PurchaseRequestsRequest } from './purchase-request-engine.ts';
import { readPurchaseRequestMemo } from './purchase-request-stored.ts';

/** A run that went on as another one (continue-as-new) is no purchase request of its own. */
function queryOf({ state }: PurchaseRequestsRequest): string {
  return [
    `WorkflowType="${workflowTypes.purchaseRequest}"`,
    'ExecutionStatus!="ContinuedAsNew"',
    ...(state === undefined ? [] : [`${purchaseRequestStateKey.name}="${state}"`]),
  ].join(' AND ');
}

/** One page of purchase requests, open and closed. Throws `InvalidCursor`, `EngineUnavailable`. */
export async function listPurchaseRequests(
  client: Client,
  request: PurchaseRequestsRequest,
  deadlineMs: number,
): Promise<PurchaseRequestsPage> {
  const { limit, cursor } = request;
  const { runs, ...next } = await cursorPage(
    client,
    workflowsPage,
    { query: queryOf(request), limit, cursor },
    deadlineMs,
  );
  const rows = runs.map(({ memo, closedAt }) => ({
    kind: closedAt === undefined ? ('open' as const) : ('closed' as const),
    memo: readPurchaseRequestMemo(memo),
  }));
  return { rows, ...next };
}
