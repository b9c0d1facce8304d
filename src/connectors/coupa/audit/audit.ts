import type { HttpRequest } from '../../http/http-types.ts';
import type { Query } from '../../http/url.ts';
import { apiUsersAmong } from './api-users.ts';
import { probe, type Probed } from './probe.ts';
import { auditRows, type AuditRow, type AuditRowsOptions } from './rows.ts';

/** Reads for a comparison of what Coupa did with what would have been asked. Nothing here is needed for a decision. */
export interface CoupaAudit {
  rows(options: AuditRowsOptions): Promise<AuditRow[]>;
  apiUsersAmong(ids: readonly number[], signal?: AbortSignal): Promise<number[]>;
  probe(call: { path: string; operation: string; query?: Query }, signal?: AbortSignal): Promise<Probed>;
}

/** `optionalHttp`: where a missing right (401) must not cost the others their token. */
export function createCoupaAudit(http: HttpRequest, optionalHttp: HttpRequest): CoupaAudit {
  return {
    rows: (options) => auditRows(http, options),
    apiUsersAmong: (ids, signal) => apiUsersAmong(optionalHttp, ids, signal),
    probe: (call, signal) => probe(optionalHttp, call, signal),
  };
}
