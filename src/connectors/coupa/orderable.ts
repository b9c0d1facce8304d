import { z } from 'zod';
import { personSchema } from './person-schema.ts';
import { decimalSchema, idSchema, nullableTextSchema, textSchema } from './scalars.ts';
import type { CoupaPerson } from './types.ts';

/** Who delivers a line. */
interface CoupaSupplier {
  readonly id: number;
  /** Coupa's `name`, else its `display-name`. */
  readonly name: string | null;
}

/** One line of a requisition as far as an order is made of it. Amounts are Coupa's decimal strings. */
export interface CoupaOrderableLine {
  readonly description: string | null;
  /** `RequisitionQuantityLine` or `RequisitionAmountLine`; a tenant may have types of its own. */
  readonly type: string | null;
  /** Null for amount lines. */
  readonly quantity: string | null;
  readonly unitPrice: string | null;
  readonly total: string | null;
  /** ISO code. */
  readonly currency: string | null;
  readonly supplier: CoupaSupplier | null;
  readonly commodity: string | null;
  readonly needByDate: string | null;
  readonly supplierPartNumber: string | null;
}

/** A requisition as far as an order is made of it. A list of them leaves out whatever only the order needs. */
export interface CoupaOrderable {
  readonly id: number;
  /** An open set: `approved` has not been ordered yet, `ordered` has been, by Coupa itself. */
  readonly status: string;
  readonly title: string | null;
  readonly submittedAt: string | null;
  readonly total: string | null;
  /** ISO code. */
  readonly currency: string | null;
  readonly requestedBy: CoupaPerson | null;
  readonly lines: readonly CoupaOrderableLine[];
}

const codeSchema = z
  .object({ code: textSchema })
  .nullish()
  .transform((value) => value?.code ?? null);

const supplierSchema = z
  .object({ id: idSchema, name: textSchema, 'display-name': textSchema })
  .nullish()
  .transform((raw): CoupaSupplier | null =>
    raw == null ? null : { id: raw.id, name: raw.name ?? raw['display-name'] ?? null },
  );

const lineSchema = z
  .object({
    description: nullableTextSchema,
    'line-type': nullableTextSchema,
    quantity: decimalSchema,
    'unit-price': decimalSchema,
    total: decimalSchema,
    currency: codeSchema,
    supplier: supplierSchema,
    commodity: z.object({ name: textSchema }).nullish(),
    'need-by-date': nullableTextSchema,
    'source-part-num': nullableTextSchema,
  })
  .transform((raw): CoupaOrderableLine => ({
    description: raw.description,
    type: raw['line-type'],
    quantity: raw.quantity,
    unitPrice: raw['unit-price'],
    total: raw.total,
    currency: raw.currency,
    supplier: raw.supplier,
    commodity: raw.commodity?.name ?? null,
    needByDate: raw['need-by-date'],
    supplierPartNumber: raw['source-part-num'],
  }));

/** A requisition as Coupa sends it with one of the two lists of fields below. */
export const orderableSchema = z
  .object({
    id: idSchema,
    status: z.string(),
    'req-title': nullableTextSchema,
    'submitted-at': nullableTextSchema,
    total: decimalSchema,
    currency: codeSchema,
    'requested-by': personSchema.nullish(),
    'requisition-lines': z.array(lineSchema).nullish(),
  })
  .transform((raw): CoupaOrderable => ({
    id: raw.id,
    status: raw.status,
    title: raw['req-title'],
    submittedAt: raw['submitted-at'],
    total: raw.total,
    currency: raw.currency,
    requestedBy: raw['requested-by'] ?? null,
    lines: raw['requisition-lines'] ?? [],
  }));

const SUPPLIER = { supplier: ['id', 'name', 'display-name'] };
const COMMODITY = { commodity: ['name'] };
const CURRENCY = { currency: ['code'] };

/** The `fields` parameter where it is only asked whether an order is wanted. */
export const ORDERABLE_LIST_FIELDS = JSON.stringify([
  'id',
  'status',
  'submitted-at',
  'total',
  CURRENCY,
  { 'requisition-lines': [SUPPLIER, COMMODITY] },
]);

/** The `fields` parameter where an order is made of it. */
export const ORDERABLE_FIELDS = JSON.stringify([
  'id',
  'status',
  'req-title',
  'submitted-at',
  'total',
  CURRENCY,
  { 'requested-by': ['id', 'login', 'email', 'fullname', 'firstname', 'lastname'] },
  {
    'requisition-lines': [
      'description',
      'line-type',
      'quantity',
      'unit-price',
      'total',
      'need-by-date',
      'source-part-num',
      CURRENCY,
      SUPPLIER,
      COMMODITY,
    ],
  },
]);
