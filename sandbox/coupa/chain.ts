import type { Approval, ChainStep, Requisition } from './state.ts';
import type { CoupaStore } from './store.ts';
import { tenantTime } from './tenant-time.ts';

type NewRow = Pick<Approval, 'approverId' | 'group' | 'type' | 'position'> &
  Partial<Pick<Approval, 'parallelGroup'>>;

/** The rows whose turn it is: one, or the undecided ones of a parallel step. */
export function currentRows(store: CoupaStore, requisition: Requisition): Approval[] {
  if (requisition.currentApprovalId === null) return [];
  return store.approvalsOf(requisition.id).filter(isPending);
}

/**
 * Begins a round of the chain: undecided rows of an earlier round go, the requester's own approval is recorded as
 * given (Coupa's SelfApproval), and the first step gets rows with new ids.
 */
export function startChain(store: CoupaStore, requisition: Requisition): void {
  store.dropPending(requisition.id);
  requisition.currentApprovalId = null;
  requisition.reached = 0;
  const { requesterId } = requisition;
  const own = addRow(store, requisition, {
    approverId: requesterId,
    group: null,
    type: 'SelfApproval',
    position: 1,
  });
  own.status = 'approved';
  own.approvedById = requesterId;
  own.approvalDate = tenantTime(Date.now());
  advance(store, requisition);
}

/**
 * Moves the turn on once a row is resolved: to what is undecided of a parallel step, then to the next step, which
 * gets its rows now; after the last one the requisition is approved.
 */
export function advance(store: CoupaStore, requisition: Requisition): void {
  const undecided = store.approvalsOf(requisition.id).filter(isPending);
  const step = requisition.chain[requisition.reached];
  if (undecided.length > 0) {
    requisition.currentApprovalId = undecided[0]?.id ?? null;
  } else if (step === undefined) {
    requisition.status = 'approved';
    requisition.currentApprovalId = null;
  } else {
    requisition.reached += 1;
    const rows = rowsOf(step, requisition.reached).map((row) => addRow(store, requisition, row));
    requisition.currentApprovalId = rows[0]?.id ?? null;
  }
  store.changed();
}

/** Adds a pending row with a new id to a requisition. */
export function addRow(store: CoupaStore, requisition: Requisition, row: NewRow): Approval {
  const now = tenantTime(Date.now());
  const added: Approval = {
    id: store.takeId('approval'),
    requisitionId: requisition.id,
    status: 'pending_approval',
    createdById: requisition.createdById,
    updatedById: requisition.createdById,
    approvedById: null,
    approvalDate: null,
    note: null,
    createdAt: now,
    updatedAt: now,
    ...row,
  };
  store.addApproval(added);
  return added;
}

/** The pending rows that a step begins with. */
function rowsOf(step: ChainStep, reached: number): NewRow[] {
  const position = reached + 1;
  if (typeof step === 'number') {
    return [{ approverId: step, group: null, type: 'ManagementHierarchyApproval', position }];
  }
  if ('group' in step) {
    const { group } = step;
    return [{ approverId: group, group: { id: group }, type: 'ApprovalChainApproval', position }];
  }
  const parallelGroup = `Parallel ${reached}`;
  return step.parallel.map((approverId) => ({
    approverId,
    group: null,
    type: 'ApprovalChainApproval',
    position,
    parallelGroup,
  }));
}

function isPending(row: Approval): boolean {
  return row.status === 'pending_approval';
}
