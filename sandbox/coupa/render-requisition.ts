import { currencyObject, lineTotal, requisitionTotal, amountPlaces } from './amounts.ts';
import { withDecimals } from '../decimal.ts';
import { personOf } from '../world/people.ts';
import { currentRows } from './chain.ts';
import { renderApproval } from './render-approval.ts';
import { renderUser } from './render-user.ts';
import type { Requisition, RequisitionLine } from './state.ts';
import type { Tenant } from './tenant.ts';

/** A requisition in Coupa's rich shape: decimals as strings, nullable dates, the whole chain so far. */
export function renderRequisition(tenant: Tenant, requisition: Requisition) {
  const { store, directory } = tenant;
  const { currency } = requisition;
  const turn = currentRows(store, requisition);
  const approvals = store.approvalsOf(requisition.id).map((row) => renderApproval(tenant, row));
  const current = approvals.filter(({ id }) => turn.some((row) => row.id === id));
  const parallel = turn.some((row) => row.parallelGroup !== undefined);
  const requester = renderUser(directory, requisition.requesterId);
  const creator = renderUser(directory, requisition.createdById);
  const total = requisitionTotal(requisition);
  return {
    id: requisition.id,
    'created-at': requisition.createdAt,
    'updated-at': requisition.updatedAt,
    'submitted-at': requisition.submittedAt,
    status: requisition.status,
    'req-title': requisition.title,
    justification: requisition.justification,
    'buyer-note': null,
    'need-by-date': null,
    'reject-reason-comment': requisition.rejectReason,
    'price-hidden': false,
    exported: false,
    'line-count': requisition.lines.length,
    total,
    'mobile-total': total,
    'ship-to-attention': requester.fullname,
    currency: currencyObject(currency),
    'mobile-currency': currencyObject(currency),
    department: { id: 1, name: personOf(requisition.requesterId).department, active: true },
    'requested-by': requester,
    'created-by': creator,
    'updated-by': creator,
    'ship-to-address': shipTo,
    attachments: [],
    'requisition-lines': requisition.lines.map((line, index) => ({
      ...renderLine(requisition, line, index + 1),
      'created-by': creator,
      'updated-by': creator,
    })),
    approvals,
    'current-approval': current[0] ?? null,
    // Of a parallel step the undecided ones; the first of them is the current approval as well. Assumed.
    'current-parallel-approvals': parallel ? current : [],
    'custom-fields': { capex: false },
  };
}

const shipTo = {
  id: 16,
  name: 'HQ',
  street1: '1 Test Way',
  city: 'Testville',
  state: 'CA',
  'postal-code': '94000',
  country: { id: 223, code: 'US', name: 'United States' },
};

function renderLine(requisition: Requisition, line: RequisitionLine, lineNumber: number) {
  const { createdAt, updatedAt } = requisition;
  const { currency = requisition.currency } = line;
  return {
    id: line.id,
    'created-at': createdAt,
    'updated-at': updatedAt,
    description: line.description,
    'line-num': lineNumber,
    'line-type': line.quantity === null ? 'RequisitionAmountLine' : 'RequisitionQuantityLine',
    'need-by-date': line.needBy === null ? null : `${line.needBy}T00:00:00-08:00`,
    quantity: line.quantity === null ? null : withDecimals(line.quantity, 1),
    'unit-price': withDecimals(line.unitPrice, amountPlaces(currency)),
    total: lineTotal(line, currency),
    status: null,
    'source-type': 'Non-Catalog Request',
    'source-part-num': line.partNumber,
    currency: currencyObject(currency),
    supplier: renderSupplier(line.supplier),
    commodity: renderCommodity(line.commodity),
    uom: line.quantity === null ? null : { id: 1, code: 'EA', name: 'Each' },
    account: renderAccount(line.account),
    'account-allocations': [],
    'payment-term': { id: 15, code: 'Net 45' },
    'shipping-term': null,
    attachments: [],
  };
}

/** A supplier by its name; the same name always has the same id. */
function renderSupplier(name: string | null) {
  if (name === null) return null;
  const id = idOf(name);
  return { id, name, 'display-name': name, number: `S-${id}` };
}

function renderCommodity(name: string | null) {
  if (name === null) return null;
  return { id: name === 'General Goods' ? 332 : idOf(name), name, active: true };
}

/** An account by its name, whose parts are its segments: `HQ-IT-Equipment`. Null where billing is split. */
function renderAccount(name: string | null) {
  if (name === null) return null;
  const [first = '', second = ''] = name.split('-');
  const id = idOf(name);
  return { id, name, code: `${first}-${second}-${id}`, 'segment-1': first, 'segment-2': second };
}

function idOf(name: string): number {
  return Array.from(name).reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 100_003, 7);
}
