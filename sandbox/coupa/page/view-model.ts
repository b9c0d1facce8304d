import { withDecimals } from '../../decimal.ts';
import { grouped, money } from '../../pages/amount-words.ts';
import type { Badge } from '../../pages/messages.tsx';
import { amountPlaces, lineTotal, requisitionTotal } from '../amounts.ts';
import { currentRows } from '../chain.ts';
import type { Approval, Requisition } from '../state.ts';
import type { Tenant } from '../tenant.ts';
import { approverWords, deciders, stepWords } from './deciders.ts';
import { approvalBadge, eventWords, nameOf, statusBadge } from './wording.ts';

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
export function listView(tenant: Tenant, beforeId: number | null, limit: number) {
  const { store } = tenant;
  const ids = [...store.requisitions.keys()].reverse();
  const eligible = beforeId === null ? ids : ids.filter((id) => id < beforeId);
  const rows = eligible.slice(0, limit).flatMap((id) => {
    const requisition = store.requisitions.get(id);
    return requisition === undefined ? [] : rowView(tenant, requisition);
  });
  return { rows, older: eligible.length > limit };
}

/** Everything the page shows of one requisition; its history and comments newest first. */
export function requisitionView(tenant: Tenant, requisition: Requisition): RequisitionView {
  const { store, directory } = tenant;
  const asked = currentRows(store, requisition).flatMap((row) => deciders(tenant, row));
  return {
    ...rowView(tenant, requisition),
    asked: [...new Set(asked)].flatMap((id) => {
      const person = directory.person(id);
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
      return {
        id: line.id,
        description: line.description,
        supplier: line.supplier ?? 'No supplier',
        sum,
        unitPrice,
        total,
      };
    }),
    chain: [
      ...store.approvalsOf(requisition.id).map((row) => stepView(tenant, row, requisition)),
      ...comingSteps(tenant, requisition),
    ],
    history: requisition.history
      .map((entry) => ({ at: entry.at, what: eventWords(entry), note: entry.note }))
      .reverse(),
    comments: requisition.comments
      .map(({ id, at, byUserId, text }) => ({ id, at, who: nameOf(byUserId), text }))
      .reverse(),
  };
}

function rowView(tenant: Tenant, requisition: Requisition): RequisitionRow {
  const current = currentRows(tenant.store, requisition);
  return {
    id: requisition.id,
    title: requisition.title,
    requester: nameOf(requisition.requesterId),
    total: money(requisitionTotal(requisition), requisition.currency),
    status: statusBadge(requisition),
    waitsFor: current.length === 0 ? null : current.map((row) => approverWords(tenant, row)).join(' and '),
  };
}

function stepView(tenant: Tenant, row: Approval, requisition: Requisition): StepView {
  const current = currentRows(tenant.store, requisition).includes(row);
  const actor = row.approvedById;
  const own = row.type === 'SelfApproval' ? ', by submitting it' : '';
  const onBehalf = actor === null || actor === row.approverId ? '' : `, decided by ${nameOf(actor)}`;
  return {
    approvalId: row.id,
    who: approverWords(tenant, row) + own + onBehalf,
    status: approvalBadge(row, current),
    current,
    at: row.approvalDate,
    note: row.note,
  };
}

function comingSteps(tenant: Tenant, requisition: Requisition): StepView[] {
  const pending = requisition.status === 'pending_approval';
  if (requisition.status === 'approved' || requisition.status === 'ordered') return [];
  const coming = pending ? requisition.chain.slice(requisition.reached) : requisition.chain;
  const label = pending ? 'Later' : 'After submission';
  return coming.map((step) => ({
    approvalId: null,
    who: stepWords(tenant, step),
    status: { label, tone: 'quiet' },
    current: false,
    at: null,
    note: null,
  }));
}
