import { z } from 'zod';
import { readApprover, readDelegates } from './approver-schema.ts';
import { actorSchema } from './person-schema.ts';
import { idSchema, nullableTextSchema, textSchema } from './scalars.ts';
import type { CoupaApproval, PendingApprovalRow } from './types.ts';

/** One row of the slim pending list. `updated-at` can be null. */
export const pendingRowSchema = z
  .object({
    id: idSchema,
    status: z.string(),
    'approvable-type': z.string(),
    'approvable-id': idSchema,
    'updated-at': nullableTextSchema,
  })
  .transform((raw): PendingApprovalRow => ({
    id: raw.id,
    status: raw.status,
    approvableType: raw['approvable-type'],
    approvableId: raw['approvable-id'],
    updatedAt: raw['updated-at'],
  }));

const rawApprovalSchema = z.object({
  id: idSchema,
  status: z.string(),
  'approvable-type': z.string(),
  'approvable-id': idSchema,
  approver: z.unknown().optional(),
  'approver-type': textSchema,
  delegates: z.unknown().optional(),
  'approved-by': actorSchema.nullish(),
  'approval-date': nullableTextSchema,
  note: nullableTextSchema,
  position: z.number().nullish(),
  type: textSchema,
  'updated-at': nullableTextSchema,
});

/** A whole approval, as `GET /api/approvals/:id` gives it. */
export const approvalSchema = rawApprovalSchema.transform(toApproval);

/** An approval inside its requisition, where type and id of the document may be left out. */
export function nestedApprovalSchema(requisitionId: number): z.ZodType<CoupaApproval> {
  return rawApprovalSchema
    .extend({
      'approvable-type': textSchema.transform((value) => value ?? 'RequisitionHeader'),
      'approvable-id': idSchema.nullish().transform((value) => value ?? requisitionId),
    })
    .transform(toApproval);
}

function toApproval(raw: z.output<typeof rawApprovalSchema>): CoupaApproval {
  const approvedBy = raw['approved-by'];
  return {
    id: raw.id,
    status: raw.status,
    approvableType: raw['approvable-type'],
    approvableId: raw['approvable-id'],
    approver: readApprover(raw.approver, raw['approver-type']),
    delegates: readDelegates(raw.delegates),
    ...(approvedBy && { approvedBy }),
    approvalDate: raw['approval-date'],
    note: raw.note,
    ...(raw.position !== undefined && { position: raw.position }),
    ...(raw.type !== undefined && { type: raw.type }),
    updatedAt: raw['updated-at'],
  };
}
