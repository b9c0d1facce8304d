import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CoupaOrderable, CoupaOrderableLine } from '../../connectors/coupa/orderable.ts';
import type { HandOffMapping, MappedLine } from './mapping.ts';
import { mapRequisition } from './map-requisition.ts';

/** Mostly the first values, so that not every requisition lacks something. */
function mostly<T>(good: readonly T[], bad: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
}

const decimal = mostly<string | null>(['4.0', '12', '0.10', '3500.00', null], ['0', '-1', 'x']);
const supplier = fc.record({ id: fc.constantFrom(8, 9), name: fc.constantFrom('Acme', 'Other', null) });
const line: fc.Arbitrary<CoupaOrderableLine> = fc.record({
  description: mostly<string | null>(['Laptop', 'Chair'], [null]),
  type: fc.constantFrom('RequisitionAmountLine', 'Goods', null, 'RequisitionQuantityLine'),
  quantity: decimal,
  unitPrice: decimal,
  total: decimal,
  currency: mostly<string | null>(['USD', null], ['EUR']),
  supplier: fc.option(supplier, { freq: 12 }),
  commodity: fc.constantFrom('Hardware', 'Chairs', null),
  needByDate: mostly<string | null>(['2026-03-20T00:00:00-08:00', null], ['soon']),
  supplierPartNumber: fc.constantFrom('LT-15', null),
});
const requisition: fc.Arbitrary<CoupaOrderable> = fc.record({
  id: fc.integer({ min: 1, max: 99_999 }),
  status: fc.constant('approved'),
  title: fc.constantFrom('Laptops', null),
  submittedAt: fc.constant('2026-03-02T08:15:03-08:00'),
  total: decimal,
  currency: mostly<string | null>(['USD'], ['EUR', null]),
  requestedBy: fc.option(
    fc.record({
      id: fc.constant(101),
      fullname: fc.constant('Rhea'),
      email: fc.constant('rhea@example.test'),
    }),
  ),
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
});

const mapped: fc.Arbitrary<MappedLine> = fc.record(
  {
    purchaseType: fc.constantFrom('GOODS', 'SERVICES'),
    expenseType: fc.constantFrom('1250', '1260'),
    custom1: fc.constantFrom('LAB', 'HQ'),
  },
  { requiredKeys: [] },
);
const vendor = fc
  .tuple(mapped, fc.constantFrom('V-1', 'V-2'))
  .map(([more, code]) => ({ ...more, vendorCode: code, vendorAddressCode: `${code}-01` }));
const tableOf = <Entry>(keys: readonly string[], entry: fc.Arbitrary<Entry>) =>
  fc
    .array(fc.tuple(fc.constantFrom(...keys), entry), { minLength: 2, maxLength: 6 })
    .map((entries) => new Map(entries));
const mapping: fc.Arbitrary<HandOffMapping> = fc
  .record({
    suppliers: tableOf(['acme', 'other', '8', '9'], vendor),
    commodities: fc.option(tableOf(['hardware', 'chairs'], mapped), { nil: undefined }),
    header: fc.constantFrom({}, { policyExternalId: 'PO', custom2: 'CC' }),
    line: mapped,
  })
  .map(({ commodities, ...more }) => ({ ...more, ...(commodities === undefined ? {} : { commodities }) }));

/** Every text somewhere in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Map) return [...(value as Map<string, unknown>).values()].flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

it('invents nothing: every text of a purchase request stands in the requisition or in the mapping', () => {
  let ready = 0;
  fc.assert(
    fc.property(requisition, mapping, (from, by) => {
      const result = mapRequisition(from, by);
      if (result.kind === 'incomplete') {
        expect(result.problems.length).toBeGreaterThan(0);
        return;
      }
      ready += 1;
      const { comments, lineItems, ...header } = result.document;
      expect(comments).toBe(`Coupa requisition ${from.id}`);
      const known = new Set([...textsIn(from), ...textsIn(by)]);
      const days = textsIn(from).map((text) => text.slice(0, 10));
      for (const text of textsIn(header)) expect(known).toContain(text);
      expect(lineItems).toHaveLength(from.lines.length);
      for (const [index, made] of lineItems.entries()) {
        const { quantity, neededByDate, ...others } = made;
        // An amount line is one piece, and has none in Coupa.
        if (from.lines[index]?.quantity === null) expect(quantity).toBe('1');
        else expect(quantity).toBe(from.lines[index]?.quantity);
        if (neededByDate !== undefined) expect(days).toContain(neededByDate);
        for (const text of textsIn(others)) expect(known).toContain(text);
      }
    }),
    { numRuns: 3_000 },
  );
  // Otherwise the claim would hold for want of purchase requests.
  expect(ready).toBeGreaterThan(20);
});

it('gives a purchase request only where each line has its vendor, its type and its amounts', () => {
  fc.assert(
    fc.property(requisition, mapping, (from, by) => {
      const result = mapRequisition(from, by);
      if (result.kind !== 'ready') return;
      for (const made of result.document.lineItems) {
        expect(
          made.vendorCode.length * made.vendorAddressCode.length * made.description.length,
        ).toBeGreaterThan(0);
        expect(['GOODS', 'SERVICES']).toContain(made.purchaseType);
        expect(Number(made.quantity)).toBeGreaterThan(0);
        expect(Number(made.unitPrice)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 3_000 },
  );
});
