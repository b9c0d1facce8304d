import type { CoupaOrderableLine } from '../../connectors/coupa/orderable.ts';
import { compareDecimals } from '../../contract/decimal.ts';
import type { PurchaseRequestLine } from '../../contract/purchase-request-document.ts';
import { keyOf, type HandOffMapping, type MappedLine, type MappedSupplier } from './mapping.ts';

/** Tells of one thing that is missing: Concur's name of the field, and what it lacks. */
export type Missing = (field: string, message: string) => null;

const mostNameChars = 80;

function quoted(name: string): string {
  const points = Array.from(name.replace(/\p{Cc}/gu, ' '));
  return `"${points.length <= mostNameChars ? points.join('') : `${points.slice(0, mostNameChars).join('')}…`}"`;
}

function supplierOf(
  { suppliers }: HandOffMapping,
  { supplier }: CoupaOrderableLine,
  missing: Missing,
): MappedSupplier | null {
  if (supplier === null) return missing('vendorCode', 'the line has no supplier');
  const { id, name } = supplier;
  // The id first: it names one supplier for good, while a name may be given to another one.
  const found = suppliers.get(String(id)) ?? (isId(name) ? undefined : suppliers.get(keyOf(name ?? '')));
  const which = name === null ? `with the id ${id}` : `${quoted(name)} (id ${id})`;
  return found ?? missing('vendorCode', `the supplier ${which} is not in the mapping`);
}

/** A key of digits is an id: a supplier whose name is a number is not taken for another one's id. */
function isId(name: string | null): boolean {
  return /^\d+$/.test(keyOf(name ?? ''));
}

function commodityOf(
  { commodities }: HandOffMapping,
  { commodity }: CoupaOrderableLine,
  missing: Missing,
): MappedLine | null {
  if (commodities === undefined || commodity === null) return {};
  const found = commodities.get(keyOf(commodity));
  return found ?? missing('purchaseType', `the commodity ${quoted(commodity)} is not in the mapping`);
}

function atLeastZero(decimal: string | null): decimal is string {
  return (compareDecimals(decimal ?? '', '0') ?? -1) >= 0;
}

function aboveZero(decimal: string): boolean {
  return (compareDecimals(decimal, '0') ?? 0) > 0;
}

/** A line without a quantity is bought for an amount, unless Coupa calls it a line with one or prices it differently. */
function isAmountLine({ type, quantity, unitPrice, total }: CoupaOrderableLine): boolean {
  if (quantity !== null || type === 'RequisitionQuantityLine') return false;
  if (type === 'RequisitionAmountLine' || unitPrice === null) return true;
  return total !== null && compareDecimals(unitPrice, total) === 0;
}

function amountsOf(
  line: CoupaOrderableLine,
  missing: Missing,
): Pick<PurchaseRequestLine, 'quantity' | 'unitPrice'> | null {
  const { quantity, unitPrice, total } = line;
  if (isAmountLine(line)) {
    return atLeastZero(total)
      ? { quantity: '1', unitPrice: total }
      : missing('unitPrice', 'the line has no total');
  }
  const price = atLeastZero(unitPrice) ? unitPrice : missing('unitPrice', 'the line has no price');
  if (quantity === null || !aboveZero(quantity)) return missing('quantity', 'the line has no quantity');
  return price === null ? null : { quantity, unitPrice: price };
}

/** The date part of Coupa's date, as the requester wrote it; an unreadable one is not left out silently. */
function neededByOf({ needByDate }: CoupaOrderableLine, missing: Missing): string | null {
  if (needByDate === null) return null;
  const day = /^\d{4}-\d{2}-\d{2}(?=[T ]|$)/.exec(needByDate)?.[0];
  return day ?? missing('neededByDate', 'the need-by date of the line cannot be read');
}

/** One line by the mapping; null when something is missing, all of which `missing` has been told. Pure. */
export function mapLine(
  line: CoupaOrderableLine,
  mapping: HandOffMapping,
  missing: Missing,
): PurchaseRequestLine | null {
  const supplier = supplierOf(mapping, line, missing);
  const commodity = commodityOf(mapping, line, missing);
  const amounts = amountsOf(line, missing);
  const neededByDate = neededByOf(line, missing);
  const description = line.description ?? missing('description', 'the line has no description');
  // What is bought says more than from whom, and both say more than what holds for every line.
  const mapped = { ...mapping.line, ...supplier, ...commodity };
  const { purchaseType } = mapped;
  const { vendorCode, vendorAddressCode } = supplier ?? {};
  if (purchaseType === undefined && commodity !== null) {
    missing('purchaseType', 'neither its commodity nor the mapping says whether it is GOODS or SERVICES');
  }
  if (vendorCode === undefined || vendorAddressCode === undefined || commodity === null) return null;
  if (amounts === null || description === null || purchaseType === undefined) return null;
  const { supplierPartNumber } = line;
  return {
    ...mapped,
    purchaseType,
    vendorCode,
    vendorAddressCode,
    description,
    ...amounts,
    ...(neededByDate === null ? {} : { neededByDate }),
    ...(supplierPartNumber === null ? {} : { supplierPartId: supplierPartNumber }),
  };
}
