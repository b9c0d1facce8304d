import type { CoupaOrderable, CoupaOrderableLine } from '../../connectors/coupa/orderable.ts';
import type { HandOffRule } from '../../config/config.ts';
import type { HandOffMapping } from './mapping.ts';

/** A line that the mapping below knows all about. */
export function lineOf(more: Partial<CoupaOrderableLine> = {}): CoupaOrderableLine {
  return {
    description: 'Laptop',
    type: 'RequisitionQuantityLine',
    quantity: '4.0',
    unitPrice: '3500.00',
    total: '14000.00',
    currency: 'USD',
    supplier: { id: 9, name: 'Acme Test Supply' },
    commodity: 'IT Hardware',
    needByDate: null,
    supplierPartNumber: null,
    ...more,
  };
}

/** An approved requisition with one such line. */
export function orderableOf(more: Partial<CoupaOrderable> = {}): CoupaOrderable {
  return {
    id: 5001,
    status: 'approved',
    title: 'Laptops for new hires',
    submittedAt: '2026-03-02T08:15:03-08:00',
    total: '14000.00',
    currency: 'USD',
    requestedBy: { id: 101, fullname: 'Rhea Quester', email: 'rhea.quester@example.test' },
    lines: [lineOf()],
    ...more,
  };
}

/** Selects everything approved that was submitted in 2026 or later. */
export const anyRule: HandOffRule = { since: '2026-01-01', suppliers: [], commodities: [], currencies: [] };

export const usualMapping: HandOffMapping = {
  suppliers: new Map([['acme test supply', { vendorCode: 'V-1', vendorAddressCode: 'V-1-01' }]]),
  commodities: new Map([['it hardware', { purchaseType: 'GOODS' }]]),
  header: {},
  line: {},
};
