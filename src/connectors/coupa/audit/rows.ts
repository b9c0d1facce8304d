import { z } from 'zod';
import { checkBody } from '../../http/check.ts';
import type { HttpRequest } from '../../http/http-types.ts';
import { LARGEST_PAGE, utcSeconds } from '../list-page.ts';
import { idSchema, nullableTextSchema, textSchema } from '../scalars.ts';

const OPERATION = 'GET /api/approvals';

/** A row of the approvals list as a comparison needs it: nothing of what a note says, only whether there is one. */
export interface AuditRow {
  readonly id: number;
  readonly approvableType: string;
  readonly requisitionId: number;
  readonly status: string;
  readonly type: string | null;
  readonly approverType: string | null;
  readonly parallelGroup: boolean;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly approvalDate: string | null;
  readonly hasNote: boolean;
  readonly approvedBy?: { readonly id: number; readonly login?: string };
}

export interface AuditRowsOptions {
  /** Inclusive; leaves out rows whose `updated-at` is null. */
  readonly updatedSince?: Date | undefined;
  /** These ids only, at most 50 (`id[in]`). */
  readonly ids?: readonly number[] | undefined;
  readonly afterId?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const FIELDS = JSON.stringify([
  'id',
  'status',
  'type',
  'approvable-type',
  'approvable-id',
  'approver-type',
  'parallel-group-name',
  'created-at',
  'updated-at',
  'approval-date',
  'note',
  { 'approved-by': ['id', 'login'] },
]);

const rowSchema = z
  .object({
    id: idSchema,
    status: z.string(),
    type: nullableTextSchema,
    'approvable-type': z.string(),
    'approvable-id': idSchema,
    'approver-type': nullableTextSchema,
    'parallel-group-name': nullableTextSchema,
    'created-at': nullableTextSchema,
    'updated-at': nullableTextSchema,
    'approval-date': nullableTextSchema,
    note: nullableTextSchema,
    'approved-by': z.object({ id: idSchema, login: textSchema }).nullish(),
  })
  .transform((raw): AuditRow => {
    const by = raw['approved-by'];
    return {
      id: raw.id,
      approvableType: raw['approvable-type'],
      requisitionId: raw['approvable-id'],
      status: raw.status,
      type: raw.type,
      approverType: raw['approver-type'],
      parallelGroup: raw['parallel-group-name'] !== null,
      createdAt: raw['created-at'],
      updatedAt: raw['updated-at'],
      approvalDate: raw['approval-date'],
      hasNote: raw.note !== null,
      ...(by && { approvedBy: { id: by.id, ...(by.login !== undefined && { login: by.login }) } }),
    };
  });

/**
 * One page of requisition approvals in any status, by ascending id. A shorter page than 50 is the last one, so rows of
 * other documents, of a filter that Coupa ignored, are in it: `approvableType` tells them apart.
 */
export async function auditRows(
  http: HttpRequest,
  { updatedSince, ids, afterId, signal }: AuditRowsOptions,
): Promise<AuditRow[]> {
  const answer = await http({
    method: 'GET',
    path: '/api/approvals',
    operation: OPERATION,
    query: {
      approvable_type: 'RequisitionHeader',
      'id[gt]': afterId,
      'id[in]': ids?.slice(0, LARGEST_PAGE).join(','),
      'updated_at[gt_or_eq]': updatedSince && utcSeconds(updatedSince),
      order_by: 'id',
      dir: 'asc',
      limit: LARGEST_PAGE,
      fields: FIELDS,
    },
    effect: 'read',
    signal,
  });
  return checkBody(z.array(rowSchema), answer, { vendor: 'coupa', operation: OPERATION });
}
