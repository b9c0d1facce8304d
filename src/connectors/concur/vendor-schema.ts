import { z } from 'zod';
import { codeSchema, flagSchema, manySchema, wordsSchema } from './scalars.ts';
import type { ConcurVendor } from './types.ts';

/** One vendor of the v3.1 API, in its own PascalCase. Tax ids and bank accounts are not read. */
export const vendorSchema = z
  .object({
    VendorCode: z.string().min(1).max(256),
    AddressCode: z.string().min(1).max(256),
    VendorName: wordsSchema(200),
    Approved: flagSchema,
    CurrencyCode: codeSchema,
  })
  .transform(
    ({ VendorCode, AddressCode, VendorName: name, Approved: approved, CurrencyCode }): ConcurVendor => ({
      vendorCode: VendorCode,
      addressCode: AddressCode,
      ...(name !== undefined && { name }),
      ...(approved !== undefined && { approved }),
      ...(CurrencyCode !== undefined && { currencyCode: CurrencyCode }),
    }),
  );

/**
 * A page of vendors. SAP's schema lists both `Items` and `Vendor`. A body with none of a page's keys is no page:
 * it must not pass for "no such vendor".
 */
export const vendorPageSchema = z
  .looseObject({
    Items: z.unknown().optional(),
    Vendor: z.unknown().optional(),
    NextPage: z.string().nullish(),
  })
  .refine((page) => ['Items', 'Vendor', 'NextPage', 'TotalCount'].some((key) => key in page))
  .transform(({ Items, Vendor, NextPage }) => ({
    rows: manySchema.parse(Items ?? Vendor),
    nextPage: NextPage?.trim() ? NextPage.trim() : undefined,
  }));
