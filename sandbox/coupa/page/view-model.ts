import { findPerson } from '../../world/people.ts';
import { amountPlaces, lineTotal, requisitionTotal } from '../amounts.ts';
import { withDecimals } from '../decimal.ts';
import type { Approval, Requisition } from '../state.ts';
import type { CoupaStore } from '../store.ts';
import { approvalBadge, type Badge, eventWords, grouped, money, nameOf, statusBadge } from './wording.ts';

/** A requisition as the list shows it. */
export interface RequisitionRow {
  id: number;
  title: string;
  requester: string;
  total: string;
  status: Badge;
  /** Whose turn it is; null when it is nobody's. */
  waitsFor: string | null;
}

export interface LineView {
  id: number;
  description: string;
  supplier: string;
  /** How the total comes about: `4 × 3,500.00`; an amount line has none. */
  sum: string | null;
  unitPrice: string;
  total: string;
}

export interface StepView {
  /** Null for somebody who has no row yet, as Coupa makes rows only when they are reached. */
  approvalId: number | null;
  who: string;
  status: Badge;
  current: boolean;
  at: string | null;
  note: string | null;
}

export interface RequisitionView extends RequisitionRow {
  /** Whose turn it is, one by one: a group has several. */
  asked: { name: string; address: string }[];
  justification: string;
  createdBy: string;
  submittedAt: string | null;
  lines: LineView[];
  chain: StepView[];
  history: { at: string; what: string; note: string | null }[];
  comments: { id: number; at: string; who: string; text: string }[];
}

/** The newest requisitions below an id (all when it is null), at most `limit`, and whether older ones follow. */
export function listView(store: CoupaStore, beforeId: number | null, limit: number) {
  const ids = [...store.requisitions.keys()].reverse();
  const eligible = beforeId === null ? ids : ids.filter((id) => id < beforeId);
  const rows = eligible.slice(0, limit).flatMap((id) => {
    const requisition = store.requisitions.get(id);
    return requisition === undefined ? [] : rowView(store, requisition);
  });
  return { rows, older: eligible.length > limit };
}

/** Everything the page shows of one requisition; its history and comments newest first. */
export function requisitionView(store: CoupaStore, requisition: Requisition): RequisitionView {
  const current = store.approvals.get(requisition.currentApprovalId ?? 0);
  const askedIds = current === undefined ? [] : (current.group?.userIds ?? [current.approverId]);
  return {
    ...rowView(store, requisition),
    asked: askedIds.flatMap((id) => {
      const person = findPerson(id);
      return person === undefined ? [] : { name: nameOf(id), address: person.email };
    }),
    justification: requisition.justification,
    createdBy: nameOf(requisition.createdById),
    submittedAt: requisition.submittedAt,
    lines: requisition.lines.map((line) => {
      const { currency } = requisition;
      const unitPrice = withDecimals(line.unitPrice, amountPlaces(currency));
      const sum = line.quantity === null ? null : `${grouped(line.quantity)} × ${grouped(unitPrice)}`;
      const total = money(lineTotal(line, currency), currency);
      return { id: line.id, description: line.description, supplier: line.supplier, sum, unitPrice, total };
    }),
    chain: [
      ...store.approvalsOf(requisition.id).map((row) => stepView(row, requisition)),
      ...comingSteps(requisition),
    ],
    history: requisition.history
      .map((entry) => ({ at: entry.at, what: eventWords(entry), note: entry.note }))
      .reverse(),
    comments: requisition.comments
      .map(({ id, at, byUserId, text }) => ({ id, at, who: nameOf(byUserId), text }))
      .reverse(),
  };
}

function rowView(store: CoupaStore, requisition: Requisition): RequisitionRow {
  const current = store.approvals.get(requisition.currentApprovalId ?? 0);
  return {
    id: requisition.id,
    title: requisition.title,
    requester: nameOf(requisition.requesterId),
    total: money(requisitionTotal(requisition), requisition.currency),
    status: statusBadge(requisition),
    waitsFor: current === undefined ? null : approverOf(current),
  };
}

function stepView(row: Approval, requisition: Requisition): StepView {
  const current = row.id === requisition.currentApprovalId;
  const actor = row.approvedById;
  const own = row.type === 'SelfApproval' ? ', by submitting it' : '';
  const onBehalf = actor === null || actor === row.approverId ? '' : `, decided by ${nameOf(actor)}`;
  return {
    approvalId: row.id,
    who: approverOf(row) + own + onBehalf,
    status: approvalBadge(row, current),
    current,
    at: row.approvalDate,
    note: row.note,
  };
}

function comingSteps(requisition: Requisition): StepView[] {
  const pending = requisition.status === 'pending_approval';
  if (requisition.status === 'approved') return [];
  const coming = pending ? requisition.chain.slice(requisition.reached) : requisition.chain;
  const label = pending ? 'Later' : 'After submission';
  return coming.map((userId) => ({
    approvalId: null,
    who: nameOf(userId),
    status: { label, tone: 'quiet' },
    current: false,
    at: null,
    note: null,
  }));
}

/** The approver in words: a name, or a group's with its members. */
function approverOf(row: Approval): string {
  if (row.group === null) return nameOf(row.approverId);
  return `${row.group.name} (${row.group.userIds.map(nameOf).join(', ')})`;
}
