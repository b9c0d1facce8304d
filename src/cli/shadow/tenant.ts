import type { CoupaAudit } from '../../connectors/coupa/audit/audit.ts';
import type { Probed } from '../../connectors/coupa/audit/probe.ts';
import type { AuditRow } from '../../connectors/coupa/audit/rows.ts';

/** Answers of this tenant to what Coupa's documentation leaves open, as far as reads can tell. */
export interface TenantAnswers {
  /** How often each value was seen. */
  readonly approverTypes: Readonly<Record<string, number>>;
  readonly approvalTypes: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  readonly nullUpdatedAt: { readonly of: number; readonly rows: number };
  /** Of decided rows, how many carry what. */
  readonly decidedRows: {
    readonly of: number;
    readonly note: number;
    readonly approvedBy: number;
    readonly approvalDate: number;
  };
  /** `yes`, or the status with which Coupa says no. */
  readonly readable: Readonly<Record<'delegations' | 'user groups' | 'users' | 'comments', string>>;
  readonly idIn: { readonly approvals: string; readonly requisitions: string };
}

const untried = 'not tried: no row to try it with';

function tally(values: readonly (string | null)[]): Record<string, number> {
  const counted = new Map<string, number>();
  for (const value of values) counted.set(value ?? '(none)', (counted.get(value ?? '(none)') ?? 0) + 1);
  return Object.fromEntries([...counted].toSorted(([, a], [, b]) => b - a));
}

/** How a probe reads in a report. */
export function inWords(probed: Probed, words: (ids: readonly number[]) => string): string {
  return probed.kind === 'refused' ? `no: HTTP ${probed.status}` : words(probed.ids);
}

async function readable(audit: CoupaAudit, path: string, operation: string): Promise<string> {
  return inWords(await audit.probe({ path, operation }), () => 'yes');
}

/** Whether `id[in]` with two ids gives just these. */
async function listsByIds(audit: CoupaAudit, route: 'approvals' | 'requisitions', ids: readonly number[]) {
  const wanted = [...new Set(ids)].slice(0, 2);
  if (wanted.length < 2) return untried;
  const path = `/api/${route}`;
  const probed = await audit.probe({ path, operation: `GET ${path}`, query: { 'id[in]': wanted.join(',') } });
  return inWords(probed, (found) => {
    const exact = found.length === wanted.length && found.every((id) => wanted.includes(id));
    return exact ? 'works' : 'does not work: it gives other rows than were asked for';
  });
}

/** Asks the questions; a handful of requests. Throws the connector's errors where Coupa gives no answer at all. */
export async function askTenant(audit: CoupaAudit, rows: readonly AuditRow[]): Promise<TenantAnswers> {
  const decided = rows.filter(({ status }) => status === 'approved' || status === 'rejected');
  const newest = rows.at(-1);
  const comments =
    newest === undefined
      ? untried
      : await readable(
          audit,
          `/api/requisitions/${newest.requisitionId}/comments`,
          'GET /api/requisitions/:id/comments',
        );
  return {
    approverTypes: tally(rows.map(({ approverType }) => approverType)),
    approvalTypes: tally(rows.map(({ type }) => type)),
    statuses: tally(rows.map(({ status }) => status)),
    nullUpdatedAt: { of: rows.length, rows: rows.filter(({ updatedAt }) => updatedAt === null).length },
    decidedRows: {
      of: decided.length,
      note: decided.filter(({ hasNote }) => hasNote).length,
      approvedBy: decided.filter(({ approvedBy }) => approvedBy !== undefined).length,
      approvalDate: decided.filter(({ approvalDate }) => approvalDate !== null).length,
    },
    readable: {
      delegations: await readable(audit, '/api/delegations', 'GET /api/delegations'),
      'user groups': await readable(audit, '/api/user_groups', 'GET /api/user_groups'),
      users: await readable(audit, '/api/users', 'GET /api/users'),
      comments,
    },
    idIn: {
      approvals: await listsByIds(
        audit,
        'approvals',
        rows.map(({ id }) => id),
      ),
      requisitions: await listsByIds(
        audit,
        'requisitions',
        rows.map(({ requisitionId }) => requisitionId),
      ),
    },
  };
}
