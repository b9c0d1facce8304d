import type {
  PurchaseRequestDocument,
  PurchaseRequestLine,
} from '../../contract/purchase-request-document.ts';

/** SAP's page has both spellings: one in its table of fields, the other in its sample. */
export type UomField = 'uomCode' | 'uoMCode';

function customs(count: number): `custom${number}`[] {
  return Array.from({ length: count }, (_, index) => `custom${index + 1}` as const);
}

/** The documented fields of the header, besides its lines. */
const headerFields: readonly (keyof PurchaseRequestDocument)[] = [
  'userId',
  'userEmail',
  'userLoginId',
  'description',
  'policyExternalId',
  'currencyCode',
  'notesToSupplier',
  'comments',
  ...customs(24),
  'shipToAddressCode',
  'billToAddressCode',
];

const lineFields: readonly (keyof PurchaseRequestLine)[] = [
  'purchaseType',
  'vendorCode',
  'vendorAddressCode',
  'description',
  'quantity',
  'unitPrice',
  'expenseType',
  'receiptType',
  'neededByDate',
  'uomCode',
  'shipping',
  'tax',
  'supplierPartId',
  'url',
  'notesToVendor',
  'comments',
  ...customs(20),
];

/** The fields that are there, in the documented order. */
function pick<T extends object>(source: T, names: readonly (keyof T & string)[]): [string, unknown][] {
  return names.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]]));
}

/**
 * The body of a create: exactly the documented fields, decimals as the strings they are, as in SAP's sample, and the
 * unit of measure under the name that the tenant takes.
 */
export function requestBody(document: PurchaseRequestDocument, uomField: UomField): unknown {
  return {
    ...Object.fromEntries(pick(document, headerFields)),
    lineItems: document.lineItems.map((line) =>
      Object.fromEntries(
        pick(line, lineFields).map(([name, value]) => [name === 'uomCode' ? uomField : name, value]),
      ),
    ),
  };
}
