import { decide } from './decide.ts';
import { inputFrom } from './generate-input.ts';
import { type Random, randomFrom } from './generate-random.ts';
import type { Approval, Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';
import { createDraft, submit } from './submit.ts';
import type { Tenant } from './tenant.ts';
import { tenantTime } from './tenant-time.ts';

/** How many of the rows have no dates, as some of a real tenant have none. */
const UNDATED_SHARE = 0.04;

export interface GenerateOptions {
  /** The same seed makes the same requisitions, but for their ids and for dates, which count back from now. */
  seed: number;
  count: number;
  /** The share of the requisitions that are approved already, 0 to 1. */
  decided: number;
  /** The first was submitted so many seconds ago, the last just now. */
  submittedWithinS: number;
}

/** Where the generated ids begin and end; rows of other requisitions are not between them. */
export interface Generated {
  firstApprovalId: number;
  lastApprovalId: number;
  firstRequisitionId: number;
  lastRequisitionId: number;
}

/** Adds requisitions with their rows to the tenant, all in one change. `count` is at least 1. */
export function generateRows(tenant: Tenant, options: GenerateOptions, nowMs: number): Generated {
  const { store } = tenant;
  const random = randomFrom(options.seed);
  return store.batch(() => {
    const made: Requisition[] = [];
    for (let index = 0; index < options.count; index += 1) {
      const ageShare = (options.count - index - random.share()) / options.count;
      const requisition = createDraft(store, inputFrom(random));
      submit(store, requisition);
      if (random.chance(options.decided)) approveWhole(tenant, requisition);
      dateBack(store, requisition, { random, nowMs, ageMs: options.submittedWithinS * 1000 * ageShare });
      made.push(requisition);
    }
    return boundsOf(store, made);
  });
}

/** Decides row after row as its approver would in Coupa's own pages. */
function approveWhole(tenant: Tenant, requisition: Requisition): void {
  while (requisition.currentApprovalId !== null) {
    const approvalId = requisition.currentApprovalId;
    const byUserId = tenant.store.approvals.get(approvalId)?.approverId ?? requisition.requesterId;
    decide(tenant, { approvalId, action: 'approve', reason: null, byUserId });
  }
}

/** Moves everything that has just happened to a requisition into the past, the decisions between then and now. */
function dateBack(
  store: CoupaStore,
  requisition: Requisition,
  { random, nowMs, ageMs }: { random: Random; nowMs: number; ageMs: number },
): void {
  let atMs = nowMs - ageMs;
  const submittedAt = tenantTime(atMs);
  for (const row of store.approvalsOf(requisition.id)) {
    row.createdAt = tenantTime(atMs);
    if (row.approvedById !== null && row.type !== 'SelfApproval') atMs += random.share() * (nowMs - atMs);
    row.updatedAt = tenantTime(atMs);
    if (row.approvalDate !== null) row.approvalDate = row.updatedAt;
    if (row.type !== 'SelfApproval' && random.chance(UNDATED_SHARE)) {
      row.createdAt = null;
      row.updatedAt = null;
    }
  }
  requisition.createdAt = submittedAt;
  requisition.submittedAt = submittedAt;
  requisition.updatedAt = tenantTime(atMs);
  requisition.history = requisition.history.map((entry) => {
    const row = store.approvals.get(entry.approvalId ?? 0);
    return { ...entry, at: row?.approvalDate ?? submittedAt };
  });
}

function boundsOf(store: CoupaStore, made: readonly Requisition[]): Generated {
  const [first, last] = [made[0], made.at(-1)];
  if (first === undefined || last === undefined) throw new Error('No requisition was made.');
  const idsOf = (requisition: Requisition) =>
    store
      .approvalsOf(requisition.id)
      .filter(isAsked)
      .map((row) => row.id);
  return {
    firstApprovalId: Math.min(...idsOf(first)),
    lastApprovalId: Math.max(...idsOf(last)),
    firstRequisitionId: first.id,
    lastRequisitionId: last.id,
  };
}

/** The requester's own approval is given by itself and asks nobody. */
function isAsked(row: Approval): boolean {
  return row.type !== 'SelfApproval';
}
