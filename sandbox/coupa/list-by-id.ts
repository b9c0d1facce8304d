import type { ReadonlyIdMap } from './id-map.ts';
import { type Attributes, type ListQuery, listQuery } from './list-query.ts';

/**
 * The same rows as `listRows` would give, of very many: filters on `id` narrow what is looked at, and in the order
 * of ids the walk ends where the page is full. The attribute `id` must be the map's key.
 * Throws as `listQuery` does.
 */
export function listById<Row>(
  rows: ReadonlyIdMap<Row>,
  params: URLSearchParams,
  attributes: Attributes<Row>,
): Row[] {
  const query = listQuery(params, attributes);
  if (query.orderBy === 'id') return page(candidates(rows, query, query.direction), query);
  const found = [...matching(candidates(rows, query, 'asc'), query)].sort(query.compare);
  return found.slice(query.offset, query.offset + query.limit);
}

/** What remains of the rows when only the filters on `id` are looked at, in the order of ids; at times more. */
function candidates<Row>(
  rows: ReadonlyIdMap<Row>,
  { filters }: ListQuery<Row>,
  direction: 'asc' | 'desc',
): Iterable<Row> {
  let lowest = 0;
  let highest = Number.MAX_SAFE_INTEGER - 1;
  let listed: readonly number[] | undefined;
  for (const { attributeName, operator, operands } of filters) {
    if (attributeName !== 'id') continue;
    const ids = operands.map(Number);
    const [id = 0] = ids;
    if (operator === 'in' || operator === '') listed = ids;
    if (operator === 'gt') lowest = Math.max(lowest, id + 1);
    if (operator === 'gt_or_eq') lowest = Math.max(lowest, id);
    if (operator === 'lt') highest = Math.min(highest, id - 1);
    if (operator === 'lt_or_eq') highest = Math.min(highest, id);
  }
  if (listed === undefined) return rows.between(lowest, highest, direction);
  const sign = direction === 'asc' ? 1 : -1;
  return [...listed].sort((left, right) => sign * (left - right)).flatMap((id) => rows.get(id) ?? []);
}

function* matching<Row>(rows: Iterable<Row>, { filters }: ListQuery<Row>): Generator<Row, undefined> {
  for (const row of rows) {
    if (filters.every(({ matches }) => matches(row))) yield row;
  }
  return undefined;
}

function page<Row>(rows: Iterable<Row>, query: ListQuery<Row>): Row[] {
  const { offset, limit } = query;
  const found: Row[] = [];
  let passed = 0;
  if (limit === 0) return found;
  for (const row of matching(rows, query)) {
    if (passed < offset) {
      passed += 1;
      continue;
    }
    found.push(row);
    if (found.length === limit) break;
  }
  return found;
}
