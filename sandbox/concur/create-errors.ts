import type { RequestError } from './options.ts';

/** Every error that SAP documents for a create, in SAP's words. */
const words = {
  missingRequestBody: 'Missing request body.',
  invalidRequestBody: 'Passed request body is invalid.',
  missingUserInfo: 'Either userID or userEmail or userLoginId is required.',
  invalidUserInfo:
    'Either userID or userEmail or userLoginId is invalid, or user does not have access to this resource.',
  provideOneUserInformation: 'Either userID or userEmail or userLoginId is required.',
  missingCurrencyCode: 'currencyCode is missing.',
  invalidCurrencyCode: 'currencyCode is invalid.',
  invalidPolicyInformation: 'Cannot find a purchase order policy with the supplied policyExternalId.',
  missingLineItems: 'lineItems are missing.',
  invalidPurchaseType: 'purchaseType is invalid.',
  missingPurchaseType: 'purchaseType is required.',
  missingVendorAddressCode: 'vendorAddressCode is required.',
  missingVendorCode: 'vendorCode is required.',
  invalidVendor: 'Vendor / Address code combination is invalid.',
  missingDescription: 'Line item description is required.',
  missingQuantity: 'Line item quantity is required.',
  invalidQuantity: 'Line item quantity is invalid.',
  missingUnitPrice: 'unitPrice is required.',
  invalidUnitPrice: 'unitPrice is invalid.',
  invalidDateFormat: 'Expected a date in the format YYYY-MM-DD.',
} as const;

export type CreateErrorCode = keyof typeof words;

/** Collects what is wrong with one request; all of it is answered at once. */
export class CreateErrors {
  readonly found: RequestError[] = [];

  /** SAP does not document the syntax of `dataPath`; this one is assumed: `lineItems[0].vendorCode`. */
  add(errorCode: CreateErrorCode, dataPath?: string): void {
    this.found.push({
      errorCode,
      errorMessage: words[errorCode],
      ...(dataPath === undefined ? {} : { dataPath }),
    });
  }
}
