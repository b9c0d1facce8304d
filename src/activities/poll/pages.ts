import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { LARGEST_PAGE } from '../../connectors/coupa/list-page.ts';
import type { PendingApprovalRow } from '../../connectors/coupa/types.ts';
import { TerminalError } from '../../connectors/http/errors.ts';

/** One page of pending rows. The page covers every id above `after` up to `upTo`; the last page has no upper end. */
export interface Page {
  readonly rows: readonly PendingApprovalRow[];
  readonly after: number;
  readonly upTo: number | undefined;
}

/**
 * Ids of documents overlap between types: a row of another document is never ours, whatever a tenant's filter lets
 * through, and one that is not pending is nobody's turn. It counts for the paging all the same.
 */
function oursOf(rows: readonly PendingApprovalRow[]): PendingApprovalRow[] {
  return rows.filter(
    (row) => row.approvableType === 'RequisitionHeader' && row.status === 'pending_approval',
  );
}

/** Whether a page holds what was asked for: ids above `after`, none before a lower one. */
function follows(rows: readonly PendingApprovalRow[], after: number): boolean {
  return rows.every(({ id }, index) => id > after && id >= (rows[index - 1]?.id ?? after));
}

/**
 * Pages of Coupa's pending requisition approvals by ascending id, one request each, at most `maxPages` of them. Throws
 * a TerminalError where a tenant does not go by `id[gt]` and `order_by`: the last id of such a page says nothing of what
 * lies below it, and to go on from there would leave approvals out for ever, unnoticed (P10).
 */
export async function* pendingPages(
  coupa: CoupaClient,
  { afterId, maxPages, signal }: { afterId: number; maxPages: number; signal: AbortSignal },
): AsyncGenerator<Page> {
  let after = afterId;
  for (let page = 0; page < maxPages; page += 1) {
    const query = { afterId: after, limit: LARGEST_PAGE, priority: 'poll', signal } as const;
    const rows = await coupa.listPendingRequisitionApprovals(query);
    const last = rows.length < LARGEST_PAGE ? undefined : rows.at(-1)?.id;
    if (last !== undefined && !follows(rows, after)) {
      throw new TerminalError('the pages of pending approvals do not follow one another; report this', {
        vendor: 'coupa',
        operation: 'GET /api/approvals',
        status: undefined,
      });
    }
    yield { rows: oursOf(rows), after, upTo: last };
    if (last === undefined) return;
    after = last;
  }
}

/**
 * The highest id seen so far. The end of the list says what is highest now: after a tenant was set back to an older copy
 * its ids begin lower again, and a quick pass that asks above the highest one ever seen would find nothing for months.
 */
export function highestOf(before: number, { rows, after, upTo }: Page): number {
  const highest = Math.max(after, ...rows.map((row) => row.id));
  return upTo === undefined ? highest : Math.max(before, highest);
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
    limit: LARGEST_PAGE,
    priority: 'poll',
    signal,
  });
  // The lowest and not the last: a tenant that ignores the order must not send us round in a circle.
  const lowest = Math.min(...rows.map(({ id }) => id));
  // One that ignores the bound as well would give the same page over and over.
  const isLast = rows.length < LARGEST_PAGE || lowest >= (query.beforeId ?? Infinity);
  return { rows: oursOf(rows), ...(isLast ? {} : { next: { ...query, beforeId: lowest } }) };
}
