import type { AuditRow } from '../../connectors/coupa/audit/rows.ts';
import { LARGEST_PAGE } from '../../connectors/coupa/list-page.ts';
import type { CoupaAudit } from '../../connectors/coupa/audit/audit.ts';

/** Bounds in requests: the report shares Coupa's limit with the service. */
const maxPages = 200;
const maxIdPages = 100;

/** What Coupa's list says of the period. */
export interface ReadRows {
  readonly rows: ReadonlyMap<number, AuditRow>;
  /** More of them than are read. */
  readonly truncated: boolean;
  /** Whether a list by ids gave just these; undefined where none was needed. */
  readonly idInWorks?: boolean;
}

/** Ids of documents overlap between types, and a tenant may ignore the filter by type. */
function isOurs({ approvableType }: AuditRow): boolean {
  return approvableType === 'RequisitionHeader';
}

/** Rows that changed since then, by pages by key. Those without `updated-at` are not among them. */
async function changedSince(audit: CoupaAudit, since: Date) {
  const rows: AuditRow[] = [];
  for (let page = 0; page < maxPages; page += 1) {
    const afterId = rows.at(-1)?.id;
    const found = await audit.rows({ updatedSince: since, afterId });
    // A tenant that ignores the bound gives the same page again: what lies behind it is not to be had.
    if (found.some(({ id }) => id <= (afterId ?? 0))) return { rows, truncated: true };
    rows.push(...found);
    if (found.length < LARGEST_PAGE) return { rows, truncated: false };
  }
  return { rows, truncated: true };
}

/** These rows, 50 a request. */
async function byIds(audit: CoupaAudit, ids: readonly number[]) {
  const rows: AuditRow[] = [];
  let exact = true;
  const pages = Math.min(maxIdPages, Math.ceil(ids.length / LARGEST_PAGE));
  for (let page = 0; page < pages; page += 1) {
    const wanted = ids.slice(page * LARGEST_PAGE, (page + 1) * LARGEST_PAGE);
    const found = await audit.rows({ ids: wanted });
    exact &&= found.every(({ id }) => wanted.includes(id));
    rows.push(...found.filter(({ id }) => wanted.includes(id)));
  }
  return { rows, exact, truncated: ids.length > pages * LARGEST_PAGE };
}

/**
 * Requisition approvals that changed in the period, and those that our workflows know of, which a filter by date does
 * not find where `updated-at` is null or was not moved. Throws the connector's errors.
 */
export async function readRows(audit: CoupaAudit, since: Date, known: readonly number[]): Promise<ReadRows> {
  const changed = await changedSince(audit, since);
  const rows = new Map(changed.rows.filter(isOurs).map((row) => [row.id, row]));
  const missing = known.filter((id) => !rows.has(id));
  const others = await byIds(audit, missing);
  for (const row of others.rows.filter(isOurs)) rows.set(row.id, row);
  return {
    rows,
    truncated: changed.truncated || others.truncated,
    ...(others.rows.length === 0 && others.exact ? {} : { idInWorks: others.exact }),
  };
}
