import type { Client } from '@temporalio/client';
import { purchaseRequestWorkflowId, workflowTypes } from '../../contract/ids.ts';
import { concurIdKey, purchaseRequestStateKey } from '../../contract/search-attributes.ts';
import { workflowsPage } from '../../visibility/workflows-page.ts';
import { cursorPage } from './cursor-page.ts';
import type { PurchaseRequestsPage, PurchaseRequestsRequest } from './purchase-request-engine.ts';
import { readPurchaseRequestMemo } from './purchase-request-stored.ts';
import { within } from './within.ts';

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

/** What a value in a query may hold: nothing that ends it. */
const valueForm = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Another purchase request that holds an id of Concur's, open or closed: one is enough. Throws `EngineUnavailable`.
 */
export async function otherOfConcurId(
  client: Client,
  { concurId, id }: { readonly concurId: string; readonly id: string },
  deadlineMs: number,
): Promise<string | undefined> {
  if (!valueForm.test(concurId) || !valueForm.test(id)) throw new RangeError('no value for a query');
  const query = [
    `WorkflowType="${workflowTypes.purchaseRequest}"`,
    'ExecutionStatus!="ContinuedAsNew"',
    `${concurIdKey.name}="${concurId}"`,
    `WorkflowId!="${purchaseRequestWorkflowId(id)}"`,
  ].join(' AND ');
  const { runs } = await within(client, deadlineMs, () =>
    workflowsPage(client, { query, pageSize: 1, token: new Uint8Array() }),
  );
  return runs[0]?.workflowId.slice(purchaseRequestWorkflowId('').length);
}
