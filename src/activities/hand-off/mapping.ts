import type {
  PurchaseRequestDocument,
  PurchaseRequestLine,
} from '../../contract/purchase-request-document.ts';

/** A custom field: `custom1` to `custom24` in the header, to `custom20` on a line. */
type CustomField = `custom${number}`;

/** What a mapping may give a line besides the vendor's codes. */
export type MappedLine = Partial<
  Pick<PurchaseRequestLine, 'purchaseType' | 'expenseType' | 'uomCode' | 'receiptType' | CustomField>
>;

/** What a mapping gives for a supplier: the two codes of its vendor in Concur, and what its lines have in common. */
export type MappedSupplier = MappedLine & Pick<PurchaseRequestLine, 'vendorCode' | 'vendorAddressCode'>;

/** What a mapping gives every purchase request. */
type MappedHeader = Partial<
  Pick<PurchaseRequestDocument, 'policyExternalId' | 'shipToAddressCode' | 'billToAddressCode' | CustomField>
>;

/** How requisitions become purchase requests: nothing that Concur needs is guessed. Keys are as `keyOf` makes them. */
export interface HandOffMapping {
  /** By the supplier's name in Coupa, or by its id (digits). */
  readonly suppliers: ReadonlyMap<string, MappedSupplier>;
  /** By the commodity's name. Absent: commodities are not looked at. */
  readonly commodities?: ReadonlyMap<string, MappedLine>;
  readonly header: MappedHeader;
  /** For every line, below what its supplier and its commodity give. */
  readonly line: MappedLine;
}

/** Names match whatever their case and the space around them. */
export function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
