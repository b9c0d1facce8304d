import { remember } from './history.ts';
import { personOf } from './render-user.ts';
import type { Approval, Requisition, RequisitionLine } from './state.ts';
import type { CoupaStore } from './store.ts';
import { tenantTime } from './tenant-time.ts';

export interface LineInput {
  description: string;
  quantity: string | null;
  unitPrice: string;
  supplier: string;
  /** The account's name, `HQ-General` unless told; null for split billing. */
  account?: string | null | undefined;
}

/** What a new requisition is made of; each part has a default. */
export interface RequisitionInput {
  requesterId?: number | undefined;
  createdById?: number | undefined;
  title?: string | undefined;
  justification?: string | undefined;
  currency?: string | undefined;
  lines?: readonly LineInput[] | undefined;
  /** User ids of the approvers, in order; the requester's manager unless told. */
  chain?: readonly number[] | undefined;
}

const usualLines: readonly LineInput[] = [
  { description: '15-inch laptop', quantity: '4', unitPrice: '3500', supplier: 'Acme Test Supply' },
  { description: 'Imaging service', quantity: null, unitPrice: '60.41', supplier: 'Acme Test Supply' },
];

/** Adds a requisition as a draft without approvals. */
export function createDraft(store: CoupaStore, input: RequisitionInput): Requisition {
  const now = tenantTime(Date.now());
  const requesterId = input.requesterId ?? 101;
  const requisition: Requisition = {
    id: store.takeId('requisition'),
    title: input.title ?? 'Laptops for new hires',
    justification: input.justification ?? 'Four starters in April',
    currency: input.currency ?? 'USD',
    requesterId,
    createdById: input.createdById ?? requesterId,
    status: 'draft',
    chain: [...(input.chain ?? [personOf(requesterId).managerId ?? 202])],
    reached: 0,
    lines: numberLines(store, input.lines ?? usualLines, []),
    createdAt: now,
    updatedAt: now,
    submittedAt: null,
    rejectReason: null,
    currentApprovalId: null,
    refuse: null,
    history: [],
    comments: [],
  };
  remember(requisition, { event: 'created', byUserId: requisition.createdById });
  store.requisitions.set(requisition.id, requisition);
  store.changed();
  return requisition;
}

function usualAccount(old: RequisitionLine | undefined): string | null {
  return old === undefined ? 'HQ-General' : old.account;
}

/** Gives lines their ids; a line keeps the id of the one it replaces at its place. */
export function numberLines(
  store: CoupaStore,
  inputs: readonly LineInput[],
  before: readonly RequisitionLine[],
): RequisitionLine[] {
  return inputs.map(({ description, quantity, unitPrice, supplier, account }, index) => {
    const old = before[index];
    return {
      id: old?.id ?? store.takeId('line'),
      description,
      quantity,
      unitPrice,
      supplier,
      account: account === undefined ? usualAccount(old) : account,
    };
  });
}

/**
 * Submits a draft or withdrawn requisition: undecided rows of an earlier round go, the requester's own approval is
 * recorded as given (Coupa's SelfApproval), and the first approver gets a row with a new id.
 */
export function submit(store: CoupaStore, requisition: Requisition): void {
  const now = tenantTime(Date.now());
  store.dropPending(requisition.id);
  requisition.status = 'pending_approval';
  requisition.submittedAt = now;
  requisition.updatedAt = now;
  requisition.rejectReason = null;
  requisition.reached = 0;
  const own = addApproval(store, requisition, requisition.requesterId, 'SelfApproval', 1);
  own.status = 'approved';
  own.approvedById = requisition.requesterId;
  own.approvalDate = now;
  remember(requisition, { event: 'submitted', byUserId: requisition.requesterId });
  advance(store, requisition);
}

/** Makes the next approver's row, which becomes the current one; after the last one the requisition is approved. */
export function advance(store: CoupaStore, requisition: Requisition): void {
  const approverId = requisition.chain[requisition.reached];
  if (approverId === undefined) {
    requisition.status = 'approved';
    requisition.currentApprovalId = null;
  } else {
    requisition.reached += 1;
    const position = requisition.reached + 1;
    const row = addApproval(store, requisition, approverId, 'ManagementHierarchyApproval', position);
    requisition.currentApprovalId = row.id;
  }
  store.changed();
}

/**
 * Gives a draft the row that Coupa's own example of an unsubmitted requisition carries: pending, without dates,
 * and current for nobody.
 */
export function addDraftRow(store: CoupaStore, requisition: Requisition): void {
  const approverId = requisition.chain[0];
  if (approverId === undefined) return;
  const row = addApproval(store, requisition, approverId, 'ManagementHierarchyApproval', 1);
  row.createdAt = null;
  row.updatedAt = null;
  store.changed();
}

function addApproval(
  store: CoupaStore,
  requisition: Requisition,
  approverId: number,
  type: Approval['type'],
  position: number,
): Approval {
  const now = tenantTime(Date.now());
  const row: Approval = {
    id: store.takeId('approval'),
    requisitionId: requisition.id,
    type,
    position,
    status: 'pending_approval',
    approverId,
    group: null,
    createdById: requisition.createdById,
    updatedById: requisition.createdById,
    approvedById: null,
    approvalDate: null,
    note: null,
    createdAt: now,
    updatedAt: now,
  };
  store.addApproval(row);
  return row;
}
