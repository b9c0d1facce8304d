import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdMap } from './id-map.ts';
import { listById } from './list-by-id.ts';
import { attribute, type Attributes, listRows } from './list-query.ts';

interface Row {
  id: number;
  status: string;
  updatedAt: string | null;
}

const attributes: Attributes<Row> = {
  id: attribute.integer((row) => row.id),
  status: attribute.text((row) => row.status),
  updated_at: attribute.date((row) => row.updatedAt),
};

const id = fc.integer({ min: 1, max: 120 });
const status = fc.constantFrom('pending_approval', 'approved');
const time = fc.integer({ min: 10, max: 15 }).map((hour) => `2026-03-04T${hour}:00:00-08:00`);
const rows = fc.uniqueArray(fc.record({ id, status, updatedAt: fc.option(time) }), {
  maxLength: 120,
  selector: (row) => row.id,
});

const compared = fc.constantFrom('', '[gt]', '[gt_or_eq]', '[lt]', '[lt_or_eq]', '[not_eq]');
const filter = fc.oneof(
  fc.tuple(
    compared.map((operator) => `id${operator}`),
    id.map(String),
  ),
  fc.tuple(
    fc.constantFrom('id[in]', 'id[not_in]', 'id%5Bin%5D').map(decodeURIComponent),
    fc.array(id, { minLength: 1, maxLength: 60 }).map((ids) => ids.join(',')),
  ),
  fc.tuple(fc.constant('status'), status),
  fc.tuple(fc.constantFrom('updated_at[gt_or_eq]', 'updated-at[lt]'), time),
);
const paging = fc.record(
  {
    order_by: fc.constantFrom('id', 'updated_at', 'updated-at', 'status'),
    dir: fc.constantFrom('asc', 'desc'),
    limit: fc.constantFrom('0', '1', '7', '50', '200'),
    offset: fc.constantFrom('0', '1', '20'),
  },
  { requiredKeys: [] },
);

test('gives what a plain filter, sort and slice gives, for any rows and any query', () => {
  fc.assert(
    fc.property(rows, fc.array(filter, { maxLength: 4 }), paging, (some, filters, page) => {
      const params = new URLSearchParams([...filters, ...Object.entries(page)]);
      const inOrder = [...some].sort((left, right) => left.id - right.id);
      const byId = new IdMap(some.map((row) => [row.id, row]));
      expect(listById(byId, params, attributes)).toEqual(listRows(inOrder, params, attributes));
    }),
    { numRuns: 1000 },
  );
});

test('looks at no row beyond a full page', () => {
  const many = new IdMap<Row>();
  const looked: number[] = [];
  for (let next = 1; next <= 1000; next += 1) {
    many.set(next, { id: next, status: 'pending_approval', updatedAt: null });
  }
  const watched: Attributes<Row> = {
    ...attributes,
    status: attribute.text((row) => {
      looked.push(row.id);
      return row.status;
    }),
  };
  const params = new URLSearchParams('status=pending_approval&id[gt]=600&order_by=id&dir=asc&limit=3');
  expect(listById(many, params, watched).map((row) => row.id)).toEqual([601, 602, 603]);
  expect(looked).toEqual([601, 602, 603]);
});
