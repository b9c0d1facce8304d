import { BodyFields, isDecimalText, isFields } from './body-fields.ts';
import type { CreateErrors } from './create-errors.ts';
import type { PurchaseLine } from './state.ts';
import type { ConcurStore } from './store.ts';

const texts = ['expenseType', 'uomCode', 'uoMCode', 'supplierPartId', 'notesToVendor', 'comments'];
const customs = Array.from({ length: 20 }, (_, index) => `custom${index + 1}`);

/** Checks one line; undefined when something that it cannot do without is missing or wrong. */
export function checkLine(
  value: unknown,
  index: number,
  store: ConcurStore,
  errors: CreateErrors,
): PurchaseLine | undefined {
  const path = `lineItems[${index}]`;
  if (!isFields(value)) {
    errors.add('invalidRequestBody', path);
    return undefined;
  }
  const fields = new BodyFields(value, path, errors);
  const before = errors.found.length;
  checkTypes(fields, errors);
  const vendorCode = fields.text('vendorCode');
  const vendorAddressCode = fields.text('vendorAddressCode');
  const description = fields.text('description');
  if (fields.raw('vendorCode') === undefined) errors.add('missingVendorCode', fields.at('vendorCode'));
  if (fields.raw('vendorAddressCode') === undefined) {
    errors.add('missingVendorAddressCode', fields.at('vendorAddressCode'));
  }
  if (vendorCode !== undefined && vendorAddressCode !== undefined) {
    if (store.vendor(vendorCode, vendorAddressCode) === undefined) errors.add('invalidVendor', path);
  }
  if (fields.raw('description') === undefined) errors.add('missingDescription', fields.at('description'));
  const { quantity, unitPrice, shipping, tax } = checkAmounts(fields, errors);
  checkOthers(fields, errors);
  if (errors.found.length > before) return undefined;
  if (vendorCode === undefined || vendorAddressCode === undefined || description === undefined)
    return undefined;
  if (quantity === undefined || unitPrice === undefined) return undefined;
  return {
    vendorCode,
    vendorAddressCode,
    description,
    quantity,
    unitPrice,
    ...(shipping === undefined ? {} : { shipping }),
    ...(tax === undefined ? {} : { tax }),
  };
}

function checkTypes(fields: BodyFields, errors: CreateErrors): void {
  const type = fields.raw('purchaseType');
  if (type === undefined) errors.add('missingPurchaseType', fields.at('purchaseType'));
  else if (type !== 'GOODS' && type !== 'SERVICES')
    errors.add('invalidPurchaseType', fields.at('purchaseType'));
  const receipt = fields.raw('receiptType');
  if (receipt !== undefined && receipt !== 'QUANTITY_RECEIPT' && receipt !== 'NONE') {
    // SAP names no code for it.
    errors.add('invalidRequestBody', fields.at('receiptType'));
  }
}

/**
 * SAP's schema calls amounts decimals and its sample sends texts. That a JSON number is refused here is our own
 * strictness: a number has been through a float, and nobody should find that out with money. So is that a quantity
 * must not be zero.
 */
function checkAmounts(fields: BodyFields, errors: CreateErrors) {
  const decimal = (name: string): string | undefined => {
    const value = fields.raw(name);
    return isDecimalText(value) ? value : undefined;
  };
  const quantity = decimal('quantity');
  const unitPrice = decimal('unitPrice');
  if (fields.raw('quantity') === undefined) errors.add('missingQuantity', fields.at('quantity'));
  else if (quantity === undefined || /^[0.]+$/.test(quantity)) {
    errors.add('invalidQuantity', fields.at('quantity'));
  }
  if (fields.raw('unitPrice') === undefined) errors.add('missingUnitPrice', fields.at('unitPrice'));
  else if (unitPrice === undefined) errors.add('invalidUnitPrice', fields.at('unitPrice'));
  for (const name of ['shipping', 'tax']) {
    if (fields.raw(name) !== undefined && decimal(name) === undefined) {
      errors.add('invalidRequestBody', fields.at(name));
    }
  }
  return { quantity, unitPrice, shipping: decimal('shipping'), tax: decimal('tax') };
}

function checkOthers(fields: BodyFields, errors: CreateErrors): void {
  const day = fields.raw('neededByDate');
  if (day !== undefined && !isDay(day)) errors.add('invalidDateFormat', fields.at('neededByDate'));
  const urls = fields.raw('url');
  if (urls !== undefined && !(Array.isArray(urls) && urls.every((url) => typeof url === 'string'))) {
    errors.add('invalidRequestBody', fields.at('url'));
  }
  for (const name of [...texts, ...customs]) fields.text(name);
}

/** Whether a value is a day of the calendar, so that 2026-02-31 is none. */
function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const atMs = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().slice(0, 10) === value;
}
