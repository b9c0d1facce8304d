import type { AuditRow } from '../../connectors/coupa/audit/rows.ts';
import type { Watched } from './watched.ts';

/** An approval about which somebody would have been asked later than could be. */
export interface Late {
  readonly approvalId: number;
  readonly requisitionId: number;
  /** ISO 8601, UTC. */
  readonly askedAt: string;
  /** By Coupa's dates. */
  readonly possibleSince: string;
  readonly lateMs: number;
}

interface Asked {
  readonly rows: ReadonlyMap<number, AuditRow>;
  readonly watched: ReadonlyMap<number, Watched>;
  readonly since: Date;
  readonly lateMs: number;
}

/** When the rows of each requisition were decided, in ms: a turn begins when the one before it ends. */
function decisionsByRequisition(rows: Iterable<AuditRow>): Map<number, number[]> {
  const decisions = new Map<number, number[]>();
  for (const { requisitionId, approvalDate } of rows) {
    const atMs = Date.parse(approvalDate ?? '');
    if (Number.isNaN(atMs)) continue;
    const known = decisions.get(requisitionId);
    if (known === undefined) decisions.set(requisitionId, [atMs]);
    else known.push(atMs);
  }
  return decisions;
}

/**
 * Who would have been asked late, as far as Coupa's dates tell: a row can be asked about since it was made, or last
 * changed before the question, or since a decision on its requisition before it. What could be asked about before the
 * period is left out, because a first start finds everything late; `unknown` counts what no date tells of: rows
 * without dates, and rows that waited for a turn whose beginning Coupa does not show.
 */
export function askedLate({ rows, watched, since, lateMs }: Asked): { late: Late[]; unknown: number } {
  const late: Late[] = [];
  let unknown = 0;
  const decisions = decisionsByRequisition(rows.values());
  for (const row of rows.values()) {
    const known = watched.get(row.id);
    const [askedAt] = (known?.asks ?? []).map(({ at }) => at).toSorted();
    if (known === undefined || askedAt === undefined) continue;
    const askedMs = Date.parse(askedAt);
    const before = (times: readonly number[]) => times.filter((ms) => ms <= askedMs);
    const own = before([row.createdAt, row.updatedAt].map((at) => Date.parse(at ?? '')));
    const turns = before(decisions.get(row.requisitionId) ?? []);
    if (own.length === 0 || (known.waited && turns.length === 0)) {
      unknown += 1;
      continue;
    }
    const possibleMs = Math.max(...own, ...turns);
    if (possibleMs < since.getTime() || askedMs - possibleMs <= lateMs) continue;
    late.push({
      approvalId: row.id,
      requisitionId: row.requisitionId,
      askedAt,
      possibleSince: new Date(possibleMs).toISOString(),
      lateMs: askedMs - possibleMs,
    });
  }
  return { late, unknown };
}
