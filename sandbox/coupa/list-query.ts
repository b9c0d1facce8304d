import { validationError } from './coupa-problem.ts';

/** Coupa answers at most 50 rows, whatever is asked. */
const MOST_ROWS = 50;

type Value = number | string;

/** An attribute that can be filtered on: its value in a row (null never matches) and how a filter's text is read. */
export interface Attribute<Row> {
  of(row: Row): Value | null;
  read(text: string): Value | null;
}

/** Attributes of the three kinds that Coupa's filters know. Dates compare as ms; a date alone is midnight UTC. */
export const attribute = {
  integer: <Row>(of: (row: Row) => number | null): Attribute<Row> => ({
    of,
    read: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : null),
  }),
  text: <Row>(of: (row: Row) => string): Attribute<Row> => ({ of, read: (text) => text }),
  caseless: <Row>(of: (row: Row) => string): Attribute<Row> => ({
    of: (row) => of(row).toLowerCase(),
    read: (text) => text.toLowerCase(),
  }),
  date: <Row>(of: (row: Row) => string | null): Attribute<Row> => ({
    of: (row) => {
      const text = of(row);
      return text === null ? null : Date.parse(text);
    },
    // An unencoded "+" of an offset arrives as a space and is refused here.
    read: (text) =>
      /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d))?$/.test(text) ? Date.parse(text) : null,
  }),
};

export type Attributes<Row> = Record<string, Attribute<Row>>;

const operators: Record<string, (value: Value, operand: Value) => boolean> = {
  '': (value, operand) => value === operand,
  not_eq: (value, operand) => value !== operand,
  gt: (value, operand) => value > operand,
  lt: (value, operand) => value < operand,
  gt_or_eq: (value, operand) => value >= operand,
  lt_or_eq: (value, operand) => value <= operand,
};

const pagingNames = ['limit', 'offset', 'order_by', 'dir', 'fields'];

interface Filter<Row> {
  attributeName: string;
  operator: string;
  /** What the row's value is compared with: one value, or the list of `in` and `not_in`. */
  operands: readonly Value[];
  matches: (row: Row) => boolean;
}

/** What a list request asks for. */
export interface ListQuery<Row> {
  filters: readonly Filter<Row>[];
  orderBy: string;
  direction: 'asc' | 'desc';
  /** Compares two rows in the asked order. */
  compare: (left: Row, right: Row) => number;
  offset: number;
  limit: number;
}

/**
 * Reads a list request: all its filters (`attribute[operator]=value`, dashes as good as underscores), its order (by
 * id unless told) and its page. Throws Coupa's validation error for an unknown filter and an unreadable value.
 */
export function listQuery<Row>(params: URLSearchParams, attributes: Attributes<Row>): ListQuery<Row> {
  const filters = [...params]
    .map(([name, text]) => [name.replaceAll('-', '_'), text] as const)
    .filter(([name]) => !pagingNames.includes(name))
    .map(([name, text]) => filterOf(name, text, attributes));
  const order = orderOf(params, attributes);
  const offset = wholeNumber(params, 'offset', 0);
  const limit = Math.min(wholeNumber(params, 'limit', MOST_ROWS), MOST_ROWS);
  return { filters, ...order, offset, limit };
}

/** The rows of a list request, of a few in any order. Throws as `listQuery` does. */
export function listRows<Row>(
  rows: Iterable<Row>,
  params: URLSearchParams,
  attributes: Attributes<Row>,
): Row[] {
  const { filters, compare, offset, limit } = listQuery(params, attributes);
  const found = [...rows].filter((row) => filters.every(({ matches }) => matches(row)));
  return found.sort(compare).slice(offset, offset + limit);
}

function filterOf<Row>(name: string, text: string, attributes: Attributes<Row>): Filter<Row> {
  const [, attributeName = '', operator = ''] = /^(\w+)(?:\[(\w+)\])?$/.exec(name) ?? [];
  const wanted = attributes[attributeName];
  if (wanted === undefined) throw validationError('base', `Unknown filter: ${name}`);
  const readOne = (one: string): Value => {
    const value = wanted.read(one);
    if (value === null || Number.isNaN(value)) throw validationError('base', `Invalid value for ${name}`);
    return value;
  };
  if (operator === 'in' || operator === 'not_in') {
    const list = new Set(text.split(',').map((one) => readOne(one.trim())));
    const matches = (row: Row) => {
      const value = wanted.of(row);
      return value !== null && list.has(value) === (operator === 'in');
    };
    return { attributeName, operator, operands: [...list], matches };
  }
  const compare = operators[operator];
  if (compare === undefined) throw validationError('base', `Unknown filter: ${name}`);
  const operand = readOne(text);
  const matches = (row: Row) => {
    const value = wanted.of(row);
    return value !== null && compare(value, operand);
  };
  return { attributeName, operator, operands: [operand], matches };
}

function orderOf<Row>(
  params: URLSearchParams,
  attributes: Attributes<Row>,
): Pick<ListQuery<Row>, 'orderBy' | 'direction' | 'compare'> {
  const orderBy = (params.get('order_by') ?? 'id').replaceAll('-', '_');
  const by = attributes[orderBy];
  const direction = params.get('dir') ?? 'asc';
  if (by === undefined) throw validationError('base', 'Unknown order_by');
  if (direction !== 'asc' && direction !== 'desc') throw validationError('base', 'dir must be asc or desc');
  const sign = direction === 'asc' ? 1 : -1;
  // Rows without a value come first in ascending order, as in MySQL: assumed, Coupa documents no order of nulls.
  const rank = (row: Row): Value => by.of(row) ?? Number.NEGATIVE_INFINITY;
  const compare = (left: Row, right: Row) => {
    const [a, b] = [rank(left), rank(right)];
    return a < b ? -sign : a > b ? sign : 0;
  };
  return { orderBy, direction, compare };
}

function wholeNumber(params: URLSearchParams, name: string, usual: number): number {
  const text = params.get(name);
  if (text === null) return usual;
  if (!/^\d{1,9}$/.test(text)) throw validationError('base', `${name} must be a whole number`);
  return Number(text);
}
