/**
 * What SAP Concur's Purchase Request v4 API takes (`POST /purchaserequest/v4/purchaserequests`), by Concur's own names.
 * Amounts and quantities are plain decimal strings ("18.75"), never floats. What is left out may be copied down by
 * Concur from the policy, the vendor or the employee.
 */

/** A custom field of the form; one that is tied to a list takes the list item's code. */
type CustomField = `custom${number}`;

/** `custom1` to `custom20` on a line. */
export interface PurchaseRequestLine {
  readonly purchaseType: 'GOODS' | 'SERVICES';
  readonly vendorCode: string;
  /** Concur's "Address Accounting Code": the pair of both codes selects the vendor. */
  readonly vendorAddressCode: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly expenseType?: string;
  readonly receiptType?: 'QUANTITY_RECEIPT' | 'NONE';
  /** `YYYY-MM-DD`. */
  readonly neededByDate?: string;
  /** Sent as `uomCode` or `uoMCode`: SAP's own page has both spellings. */
  readonly uomCode?: string;
  readonly shipping?: string;
  readonly tax?: string;
  readonly supplierPartId?: string;
  readonly url?: readonly string[];
  readonly notesToVendor?: string;
  readonly comments?: string;
  readonly [custom: CustomField]: string | undefined;
}

/** Exactly one of the three user fields names the requester. `custom1` to `custom24` in the header. */
export interface PurchaseRequestDocument {
  readonly userId?: string;
  readonly userEmail?: string;
  readonly userLoginId?: string;
  readonly description?: string;
  readonly policyExternalId?: string;
  /** ISO 4217; holds for every line. */
  readonly currencyCode: string;
  readonly notesToSupplier?: string;
  readonly comments?: string;
  readonly shipToAddressCode?: string;
  readonly billToAddressCode?: string;
  readonly lineItems: readonly PurchaseRequestLine[];
  readonly [custom: CustomField]: string | undefined;
}
