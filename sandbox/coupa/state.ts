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
  /** The supplier's name; null where nobody has chosen one. */
  supplier: z.string().nullable(),
  /** The account's name; null where billing is split. State files of earlier versions have none. */
  account: z.string().nullable().default('HQ-General'),
  /** The commodity's name; null for none. State files of earlier versions have none of the following. */
  commodity: z.string().nullable().default('General Goods'),
  /** A day, `YYYY-MM-DD`. */
  needBy: z.string().nullable().default(null),
  /** The supplier's number of the part; empty for none. */
  partNumber: z.string().default(''),
  /** Where it is not that of the requisition. */
  currency: z.string().optional(),
});

const comment = z.object({ id, text: z.string(), byUserId: id, at: z.string() });

const historyEntry = z.object({
  at: z.string(),
  event: z.enum([
    'created',
    'submitted',
    'edited',
    'withdrawn',
    'approved',
    'ordered',
    'reopened',
    'rejected',
    'escalated',
    'skipped',
    'restarted',
  ]),
  /** Null for what Coupa does by itself. */
  byUserId: id.nullable(),
  /** The row that was decided; null for what requesters do. */
  approvalId: id.nullable(),
  /** The reason of a decision, or what an edit changed. */
  note: z.string().nullable(),
});

/** One step of a chain: a user, a group, or several users who are asked at once and must all approve. */
const chainStep = z.union([id, z.object({ group: id }), z.object({ parallel: z.array(id).min(1) })]);

const requisition = z.object({
  id,
  title: z.string(),
  justification: z.string(),
  currency: z.string(),
  requesterId: id,
  createdById: id,
  status: z.enum(['draft', 'pending_approval', 'approved', 'ordered', 'withdrawn']),
  /** The approvers, in order; rows exist only for those reached. */
  chain: z.array(chainStep),
  /** How many steps of the chain have rows in the present round. */
  reached: z.int(),
  lines: z.array(line),
  createdAt: date,
  updatedAt: date,
  submittedAt: date,
  rejectReason: z.string().nullable(),
  /** The first of the rows whose turn it is; null while it is nobody's. */
  currentApprovalId: id.nullable(),
  /** When set, decisions are refused with this message while the row stays pending, as over an approval limit. */
  refuse: z.string().nullable(),
  /** Which decisions are refused; approve unless told. */
  refuseOn: z.enum(['approve', 'reject', 'both']).optional(),
  /** What happened to it, oldest first; state files of earlier versions have none. */
  history: z.array(historyEntry).default([]),
  /** Oldest first; state files of earlier versions have none. */
  comments: z.array(comment).default([]),
});

const approval = z.object({
  id,
  /** 0 for a row of another kind of document. */
  requisitionId: z.int().nonnegative(),
  /** The document when it is no requisition; the ids of different kinds overlap. */
  document: z.object({ type: z.string(), id }).optional(),
  type: z.enum(['SelfApproval', 'ManagementHierarchyApproval', 'ApprovalChainApproval']),
  position: z.int(),
  status: z.enum(['pending_approval', 'approved', 'rejected', 'escalated', 'skipped']),
  approverId: id,
  /** When set the approver is this group of the directory instead of a user. */
  group: z.object({ id }).nullable(),
  /** What the rows of one parallel step have in common. */
  parallelGroup: z.string().optional(),
  /** User ids of those who may decide it beside its approver. */
  delegates: z.array(id).optional(),
  /** The `delegate` that Coupa shows beside `delegates`; it gives no right. */
  delegateId: id.nullable().optional(),
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
export type ChainStep = z.infer<typeof chainStep>;
export type Token = z.infer<typeof token>;
