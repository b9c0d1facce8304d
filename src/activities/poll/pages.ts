import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { PendingApprovalRow } from '../../connectors/coupa/types.ts';

const pageRows = 50;

/** One page of pending rows. The page covers every id above `after` up to `upTo`; the last page has no upper end. */
export interface Page {
  readonly rows: readonly PendingApprovalRow[];
  readonly after: number;
  readonly upTo: number | undefined;
}

/** Pages of Coupa's pending requisition approvals by ascending id, one request each, at most `maxPages` of them. */
export async function* pendingPages(
  coupa: CoupaClient,
  options: { afterId: number; maxPages: number; updatedSince?: Date; signal: AbortSignal },
): AsyncGenerator<Page> {
  const { maxPages, signal, updatedSince } = options;
  let after = options.afterId;
  for (let page = 0; page < maxPages; page += 1) {
    const rows = await coupa.listPendingRequisitionApprovals({
      afterId: after,
      limit: pageRows,
      signal,
      ...(updatedSince === undefined ? {} : { updatedSince }),
    });
    const last = rows.length < pageRows ? undefined : rows.at(-1)?.id;
    // Ids of documents overlap between types: a row of another document is never ours, whatever a tenant's
    // filter lets through. It counts for the paging all the same.
    const ours = rows.filter((row) => row.approvableType === 'RequisitionHeader');
    yield { rows: ours, after, upTo: last };
    if (last === undefined) return;
    after = last;
  }
}
