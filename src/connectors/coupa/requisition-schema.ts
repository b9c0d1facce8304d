import { z } from 'zod';
import { nestedApprovalSchema } from './approval-schema.ts';
import { personSchema } from './person-schema.ts';
import { decimalSchema, idSchema, nullableTextSchema, textSchema } from './scalars.ts';
import type { CoupaApproval, CoupaRequisition, CoupaRequisitionLine } from './types.ts';

const MAX_COST_CENTRE_CHARS = 200;

/** Null or absent on a line whose billing is split. */
const accountSchema = z.object({ name: textSchema, code: textSchema }).nullish().catch(null);

const lineSchema = z
  .object({
    id: idSchema,
    'line-num': idSchema.nullish(),
    description: textSchema,
    quantity: decimalSchema,
    'unit-price': decimalSchema,
    total: decimalSchema,
    supplier: z.object({ name: textSchema, 'display-name': textSchema }).nullish(),
    account: accountSchema,
  })
  .transform((raw) => {
    const line: CoupaRequisitionLine = {
      id: raw.id,
      lineNum: raw['line-num'] ?? null,
      description: raw.description ?? '',
      quantity: raw.quantity,
      unitPrice: raw['unit-price'],
      total: raw.total,
      supplier: raw.supplier?.name ?? raw.supplier?.['display-name'] ?? null,
    };
    return { line, account: raw.account?.name ?? raw.account?.code };
  });

/** An approval whose turn it is; its approver is a user or a group. */
const currentSchema = z.object({
  id: idSchema,
  approver: z.object({ id: idSchema }).nullish().catch(null),
});

const headerSchema = z.object({
  id: idSchema,
  status: z.string(),
  'req-title': textSchema,
  justification: textSchema,
  'submitted-at': nullableTextSchema,
  'need-by-date': nullableTextSchema,
  total: decimalSchema,
  currency: z.object({ code: textSchema }).nullish(),
  'requested-by': personSchema.nullish(),
  'created-by': personSchema.nullish(),
  department: z.object({ name: textSchema }).nullish(),
  'requisition-lines': z.array(lineSchema).nullish(),
  approvals: z.array(z.unknown()).nullish(),
  'current-approval': currentSchema.nullish(),
  'current-parallel-approvals': z.array(currentSchema).nullish(),
});

/** A requisition with its lines and its whole chain of approvals. */
export const requisitionSchema = headerSchema.transform((raw, context): CoupaRequisition => {
  const approvals = z.array(nestedApprovalSchema(raw.id)).safeParse(raw.approvals ?? []);
  if (!approvals.success) {
    for (const issue of approvals.error.issues) {
      context.addIssue({ code: 'custom', path: ['approvals', ...issue.path], message: issue.code });
    }
    return z.NEVER;
  }
  return toRequisition(raw, approvals.data);
});

function toRequisition(raw: z.output<typeof headerSchema>, approvals: CoupaApproval[]): CoupaRequisition {
  const { department } = raw;
  const lines = raw['requisition-lines'] ?? [];
  const costCentre = namesOf(lines.map(({ account }) => account));
  const parallel = raw['current-parallel-approvals'] ?? [];
  const current = raw['current-approval'] == null ? parallel : [raw['current-approval'], ...parallel];
  return {
    id: raw.id,
    status: raw.status,
    title: raw['req-title'] ?? '',
    justification: raw.justification ?? '',
    submittedAt: raw['submitted-at'],
    needByDate: raw['need-by-date'],
    total: raw.total,
    currency: raw.currency?.code ?? null,
    ...(raw['requested-by'] && { requestedBy: raw['requested-by'] }),
    ...(raw['created-by'] && { createdBy: raw['created-by'] }),
    ...(department?.name !== undefined && { department: department.name }),
    ...(costCentre !== '' && { costCentre }),
    lines: lines.map(({ line }) => line),
    approvals,
    currentApprovalId: raw['current-approval']?.id ?? null,
    currentParallelApprovalIds: parallel.map((approval) => approval.id),
    currentApproverIds: Object.fromEntries(
      current.flatMap(({ id, approver }) => (approver == null ? [] : [[id, approver.id] as const])),
    ),
  };
}

/** Each name once, in the order of the lines, as far as they fit: it travels with everything that is sent. */
function namesOf(accounts: readonly (string | undefined)[]): string {
  const names = [...new Set(accounts.filter((name) => name !== undefined))].join(', ');
  const points = Array.from(names);
  return points.length <= MAX_COST_CENTRE_CHARS
    ? names
    : `${points.slice(0, MAX_COST_CENTRE_CHARS - 1).join('')}…`;
}
