import type { Client } from '@temporalio/client';
import type { Mode } from '../../contract/mode.ts';
import { ConnectorError } from '../../connectors/http/errors.ts';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { LARGEST_PAGE } from '../../connectors/coupa/list-page.ts';
import type { AuditRow } from '../../connectors/coupa/audit/rows.ts';
import { compare, type Comparison } from './compare.ts';
import { tryCurrentApprover, type CurrentApproverFilter } from './current-approver.ts';
import { readRows } from './read-rows.ts';
import { readWorkflows } from './read-workflows.ts';
import { askTenant, type TenantAnswers } from './tenant.ts';

/** All that `shadow report` says. People are Coupa user ids; `names` is there when it was asked for (P9). */
export interface ShadowReport extends Comparison {
  readonly since: string;
  readonly until: string;
  readonly mode: Mode;
  readonly lateMs: number;
  readonly tenant: TenantAnswers & { readonly currentApproverFilter: CurrentApproverFilter };
  /** What stands against taking the report for the whole truth. */
  readonly remarks: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
}

interface ReportDeps {
  readonly client: Client;
  readonly coupa: CoupaClient;
  readonly mode: Mode;
  /** Login that Coupa records for what our own client does, where it is known. */
  readonly apiLogin?: string | undefined;
}

interface ReportPeriod {
  readonly since: Date;
  readonly now: Date;
  readonly lateMs: number;
  readonly names: boolean;
}

/** Which of those who decided are users of API clients; without the right to read users only our own is known. */
async function servicesAmong(coupa: CoupaClient, rows: Iterable<AuditRow>) {
  const ids = [...new Set([...rows].flatMap(({ approvedBy }) => approvedBy?.id ?? []))];
  const found: number[] = [];
  try {
    for (let from = 0; from < ids.length; from += LARGEST_PAGE) {
      found.push(...(await coupa.audit.apiUsersAmong(ids.slice(from, from + LARGEST_PAGE))));
    }
    return { services: new Set(found), told: true };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { services: new Set(found), told: false };
  }
}

/**
 * Sets what the workflows would have asked beside what was decided in Coupa. Reads only, within the connector's limit.
 * Throws `EngineUnavailable` and the connector's errors.
 */
export async function makeReport(
  { client, coupa, mode, apiLogin }: ReportDeps,
  { since, now, lateMs, names }: ReportPeriod,
): Promise<ShadowReport> {
  const workflows = await readWorkflows(client, since);
  const { watched } = workflows;
  const read = await readRows(coupa.audit, since, [...watched.keys()]);
  const rows = [...read.rows.values()].toSorted((a, b) => a.id - b.id);
  const { services, told } = await servicesAmong(coupa, rows);
  const isService = ({ id, login }: { id: number; login?: string }) =>
    services.has(id) || (login !== undefined && login === apiLogin);
  const compared = compare({ rows: read.rows, watched, since, lateMs, isService });
  const tenant = await askTenant(coupa.audit, rows);
  const remark = (is: boolean, text: string) => (is ? [text] : []);
  return {
    since: since.toISOString(),
    until: now.toISOString(),
    mode,
    lateMs,
    ...compared,
    tenant: {
      ...tenant,
      currentApproverFilter: await tryCurrentApprover(coupa, read.rows, watched.values()),
    },
    remarks: [
      ...remark(
        workflows.truncated,
        'Temporal holds more approvals than one report reads: take a shorter period.',
      ),
      ...remark(
        workflows.memoOnly > 0,
        `Of ${workflows.memoOnly} approvals the record could not be read (no worker, or too many): they count as not asked.`,
      ),
      ...remark(read.truncated, 'Coupa has more rows than one report reads: take a shorter period.'),
      ...remark(
        read.idInWorks === false,
        'Coupa ignores id[in]: rows without updated-at may be missing here.',
      ),
      ...remark(
        !told,
        'Coupa does not say who is an API user: see who decided before counting one as wrongly asked.',
      ),
    ],
    ...(names ? { names: Object.fromEntries(workflows.names) } : {}),
  };
}
