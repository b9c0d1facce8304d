import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { PendingApprovalRow } from '../../connectors/coupa/types.ts';

const pageRows = 50;

/** One page of pending rows. The page covers every id above `after` up to `upTo`; the last page has no upper end. */
export interface Page {
  readonly rows: readonly PendingApprovalRow[];
  readonly after: number;
  readonly upTo: number | undefined;
}

/**
 * Ids of documents overlap between types: a row of another document is never ours, whatever a tenant's filter lets
 * through. It counts for the paging all the same.
 */
function oursOf(rows: readonly PendingApprovalRow[]): PendingApprovalRow[] {
  return rows.filter((row) => row.approvableType === 'RequisitionHeader');
}

/** Pages of Coupa's pending requisition approvals by ascending id, one request each, at most `maxPages` of them. */
export async function* pendingPages(
  coupa: CoupaClient,
  { afterId, maxPages, signal }: { afterId: number; maxPages: number; signal: AbortSignal },
): AsyncGenerator<Page> {
  let after = afterId;
  for (let page = 0; page < maxPages; page += 1) {
    const query = { afterId: after, limit: pageRows, priority: 'poll', signal } as const;
    const rows = await coupa.listPendingRequisitionApprovals(query);
    const last = rows.length < pageRows ? undefined : rows.at(-1)?.id;
    yield { rows: oursOf(rows), after, upTo: last };
    if (last === undefined) return;
    after = last;
  }
}

/** What is asked for, newest id first. */
export interface NewestQuery {
  readonly afterId?: number;
  readonly updatedSince?: Date;
  /** The next page's ids are below this one. */
  readonly beforeId?: number;
}

/**
 * One page of pending requisition approvals from the highest id down: of more than there is time for, the newest come
 * first. `next` is absent after the last page.
 */
export async function newestPage(
  coupa: CoupaClient,
  query: NewestQuery,
  signal: AbortSignal,
): Promise<{ rows: readonly PendingApprovalRow[]; next?: NewestQuery }> {
  const rows = await coupa.listPendingRequisitionApprovals({
    ...query,
    newestFirst: true,
    limit: pageRows,
    priority: 'poll',
    signal,
  });
  // The lowest and not the last: a tenant that ignores the order must not send us round in a circle.
  const next = { ...query, beforeId: Math.min(...rows.map(({ id }) => id)) };
  return { rows: oursOf(rows), ...(rows.length < pageRows ? {} : { next }) };
}
