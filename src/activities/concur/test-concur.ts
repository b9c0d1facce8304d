import type { ConcurClient } from '../../connectors/concur/types.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';

/** For tests: a client that answers what the test needs of it; anything else that is asked of it is an error. */
export function scripted(methods: Partial<ConcurClient>): ConcurClient {
  const unasked = (): never => {
    throw new Error('the test does not expect this call');
  };
  return {
    createPurchaseRequest: unasked,
    getPurchaseRequest: unasked,
    hasVendor: unasked,
    vendors: unasked,
    lists: unasked,
    hasListItem: unasked,
    listItems: unasked,
    getPurchaseOrder: unasked,
    ...methods,
  };
}

/** For tests: two lines of one vendor, with codes of lists in the header and on the second line. */
export const sampleDocument: PurchaseRequestDocument = {
  userEmail: 'rhea.quester@example.test',
  description: 'Lab restock',
  currencyCode: 'USD',
  custom1: 'CC100',
  lineItems: [
    {
      purchaseType: 'GOODS',
      vendorCode: 'V-7781',
      vendorAddressCode: 'V-7781-01',
      description: 'Nitrile gloves, box of 100',
      quantity: '12',
      unitPrice: '18.75',
    },
    {
      purchaseType: 'SERVICES',
      vendorCode: 'V-7781',
      vendorAddressCode: 'V-7781-01',
      description: 'Delivery',
      quantity: '1',
      unitPrice: '0.1',
      custom3: 'LAB',
    },
  ],
};
