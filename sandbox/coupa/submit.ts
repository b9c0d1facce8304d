import { addRow, startChain } from './chain.ts';
import { remember } from './history.ts';
import { personOf } from '../world/people.ts';
import type { ChainStep, Requisition, RequisitionLine } from './state.ts';
import type { CoupaStore } from './store.ts';
import { tenantTime } from './tenant-time.ts';

export interface LineInput {
  description: string;
  quantity: string | null;
  unitPrice: string;
  /** The supplier's name; null for none. */
  supplier: string | null;
  /** The account's name, `HQ-General` unless told; null for split billing. */
  account?: string | null | undefined;
  /** The commodity's name, `General Goods` unless told; null for none. */
  commodity?: string | null | undefined;
  /** A day, `YYYY-MM-DD`. */
  needBy?: string | null | undefined;
  partNumber?: string | undefined;
  /** Where it is not that of the requisition. */
  currency?: string | undefined;
}

/** What a new requisition is made of; each part has a default. */
export interface RequisitionInput {
  requesterId?: number | undefined;
  createdById?: number | undefined;
  title?: string | undefined;
  justification?: string | undefined;
  currency?: string | undefined;
  lines?: readonly LineInput[] | undefined;
  /** The approvers, in order; the requester's manager unless told. */
  chain?: readonly ChainStep[] | undefined;
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

function usualCommodity(old: RequisitionLine | undefined): string | null {
  return old === undefined ? 'General Goods' : old.commodity;
}

/** Gives lines their ids; a line keeps the id of the one it replaces at its place. */
export function numberLines(
  store: CoupaStore,
  inputs: readonly LineInput[],
  before: readonly RequisitionLine[],
): RequisitionLine[] {
  return inputs.map(({ description, quantity, unitPrice, supplier, account, ...more }, index) => {
    const old = before[index];
    const { commodity, needBy, partNumber, currency = old?.currency } = more;
    return {
      id: old?.id ?? store.takeId('line'),
      description,
      quantity,
      unitPrice,
      supplier,
      account: account === undefined ? usualAccount(old) : account,
      commodity: commodity === undefined ? usualCommodity(old) : commodity,
      needBy: needBy === undefined ? (old?.needBy ?? null) : needBy,
      partNumber: partNumber ?? old?.partNumber ?? '',
      ...(currency === undefined ? {} : { currency }),
    };
  });
}

/** Submits a draft or withdrawn requisition: a new round of its chain begins. */
export function submit(store: CoupaStore, requisition: Requisition): void {
  const now = tenantTime(Date.now());
  requisition.status = 'pending_approval';
  requisition.submittedAt = now;
  requisition.updatedAt = now;
  requisition.rejectReason = null;
  remember(requisition, { event: 'submitted', byUserId: requisition.requesterId });
  startChain(store, requisition);
}

/**
 * Gives a draft the row that Coupa's own example of an unsubmitted requisition carries: pending, without dates,
 * and current for nobody.
 */
export function addDraftRow(store: CoupaStore, requisition: Requisition): void {
  const approverId = requisition.chain.find((step) => typeof step === 'number');
  if (approverId === undefined) return;
  const row = addRow(store, requisition, {
    approverId,
    group: null,
    type: 'ManagementHierarchyApproval',
    position: 1,
  });
  row.createdAt = null;
  row.updatedAt = null;
  store.changed();
}
