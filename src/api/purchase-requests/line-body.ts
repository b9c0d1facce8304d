import { z } from '@hono/zod-openapi';
import type { PurchaseRequestLine } from '../../contract/purchase-request-document.ts';
import { definite } from './definite.ts';
import { alsoWhenWrong, customFields, few, onlyKnown } from './shape-parts.ts';
import { code, decimal, missingOr, quantity, text, webAddress } from './texts.ts';

const maxUrls = 20;

/** A line as callers send it: Concur's own names. SAP's page spells the unit's field in two ways; either will do. */
export const lineBody = z
  .strictObject(
    {
      purchaseType: z.enum(['GOODS', 'SERVICES'], { error: missingOr('It is GOODS or SERVICES.') }),
      vendorCode: code(),
      vendorAddressCode: code().openapi({ description: 'Concur\'s "Address Accounting Code".' }),
      description: text(),
      quantity: quantity(),
      unitPrice: decimal(),
      expenseType: code().optional(),
      receiptType: z
        .enum(['QUANTITY_RECEIPT', 'NONE'], { error: missingOr('It is QUANTITY_RECEIPT or NONE.') })
        .optional(),
      neededByDate: z.iso.date('Not a day of the calendar, such as 2026-11-30.').optional(),
      uomCode: code().optional(),
      uoMCode: code().optional().openapi({ description: 'The same as `uomCode`; one of them.' }),
      shipping: decimal().optional(),
      tax: decimal().optional(),
      supplierPartId: code().optional(),
      url: few(webAddress(), { least: 0, most: maxUrls, what: 'web addresses' }).optional(),
      notesToVendor: text().optional(),
      comments: text().optional(),
      ...customFields(20, text().optional()),
    },
    { error: onlyKnown('line') },
  )
  .refine((line) => !('uomCode' in line && 'uoMCode' in line), {
    ...alsoWhenWrong,
    path: ['uoMCode'],
    error: 'The same field as uomCode: send one of them.',
  })
  .openapi('PurchaseRequestLine');

/** The line as it is kept: the unit under one name. */
export function toLine({ uoMCode, ...line }: z.infer<typeof lineBody>): PurchaseRequestLine {
  return definite({ ...line, ...(uoMCode === undefined ? {} : { uomCode: uoMCode }) });
}
