import { z } from 'zod';

const id = z.int().positive();
/** ISO 8601 with the tenant's offset and second precision; Coupa's dates may be null. */
const date = z.string().nullable();

const line = z.object({
  id,
  description: z.string(),
  /** Null for an amount line. */
  quantity: z.string().nullable(),
  unitPrice: z.string(),
  supplier: z.string(),
  /** The account's name; null where billing is split. State files of earlier versions have none. */
  account: z.string().nullable().default('HQ-General'),
});

const comment = z.object({ id, text: z.string(), byUserId: id, at: z.string() });

const historyEntry = z.object({
  at: z.string(),
  event: z.enum(['created', 'submitted', 'edited', 'withdrawn', 'approved', 'rejected']),
  byUserId: id,
  /** The row that was decided; null for what requesters do. */
  approvalId: id.nullable(),
  /** The reason of a decision, or what an edit changed. */
  note: z.string().nullable(),
});

const requisition = z.object({
  id,
  title: z.string(),
  justification: z.string(),
  currency: z.string(),
  requesterId: id,
  createdById: id,
  status: z.enum(['draft', 'pending_approval', 'approved', 'withdrawn']),
  /** User ids of the approvers, in order; rows exist only for those reached. */
  chain: z.array(id),
  /** How many of the chain have a row in the present round. */
  reached: z.int(),
  lines: z.array(line),
  createdAt: date,
  updatedAt: date,
  submittedAt: date,
  rejectReason: z.string().nullable(),
  currentApprovalId: id.nullable(),
  /** When set, approve is refused with this message while the row stays pending, as over an approval limit. */
  refuse: z.string().nullable(),
  /** What happened to it, oldest first; state files of earlier versions have none. */
  history: z.array(historyEntry).default([]),
  /** Oldest first; state files of earlier versions have none. */
  comments: z.array(comment).default([]),
});

const approval = z.object({
  id,
  requisitionId: id,
  type: z.enum(['SelfApproval', 'ManagementHierarchyApproval', 'ApprovalChainApproval']),
  position: z.int(),
  status: z.enum(['pending_approval', 'approved', 'rejected']),
  approverId: id,
  /** When set the approver is this group instead of a user. */
  group: z.object({ id, name: z.string(), userIds: z.array(id) }).nullable(),
  createdById: id,
  updatedById: id,
  approvedById: id.nullable(),
  approvalDate: date,
  note: z.string().nullable(),
  createdAt: date,
  updatedAt: date,
});

const token = z.object({
  value: z.string(),
  scopes: z.array(z.string()),
  mintedAtMs: z.number(),
  expiresAtMs: z.number(),
});

/** The state file's content. */
export const coupaStateSchema = z.object({
  version: z.literal(1),
  next: z.object({ approval: id, requisition: id, line: id, comment: id.default(1) }),
  requisitions: z.array(requisition),
  approvals: z.array(approval),
  tokens: z.array(token),
});

export type CoupaState = z.infer<typeof coupaStateSchema>;
export type Requisition = z.infer<typeof requisition>;
export type HistoryEntry = z.infer<typeof historyEntry>;
export type Comment = z.infer<typeof comment>;
export type RequisitionLine = z.infer<typeof line>;
export type Approval = z.infer<typeof approval>;
export type ApprovalGroup = NonNullable<Approval['group']>;
export type Token = z.infer<typeof token>;
