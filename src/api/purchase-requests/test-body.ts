/** A line with all that it needs. */
export const validLine = {
  purchaseType: 'GOODS',
  vendorCode: 'V-7781',
  vendorAddressCode: 'V-7781-01',
  description: 'Nitrile gloves, box of 100',
  quantity: '12',
  unitPrice: '18.75',
} as const;

/** A purchase request with all that it needs. */
export const validBody = {
  userEmail: 'dana.reyes@example.com',
  description: 'Lab restock',
  currencyCode: 'USD',
  lineItems: [validLine],
} as const;
