import { type Context, Hono } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { needs } from './access.ts';
import { listError } from './concur-problem.ts';
import type { Entity } from './entity.ts';
import type { List } from './state.ts';

/** SAP's pages of lists and items have this size, always. */
const pageSize = 100;

const operators: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  not: (value, wanted) => value !== wanted,
  cp: (value, wanted) => value.includes(wanted),
  sw: (value, wanted) => value.startsWith(wanted),
  ew: (value, wanted) => value.endsWith(wanted),
};

/** List v4 and List Item v4: all lists, and the items of a list's first level. */
export function listRoutes(entity: Entity): Hono<SandboxEnv> {
  const { store } = entity;
  const app = new Hono<SandboxEnv>();

  app.get('/lists', needs(entity, 'spend.list.read'), (c) => {
    const lists = store.lists
      .filter((list) => passes(c, 'value', [list.name]) && passes(c, 'isDeleted', [String(list.deleted)]))
      .toSorted((left, right) => left.name.localeCompare(right.name, 'en'));
    return c.json(paged(c, lists.map(renderedList)));
  });

  app.get('/lists/:id/children', needs(entity, 'spend.listitem.read'), (c) => {
    const list = store.lists.find(({ id }) => id === c.req.param('id'));
    if (list === undefined) throw listError(404, c.req.path, 'The list was not found');
    const shown = c.req.query('isDeleted') === 'true';
    const items = list.items.filter(
      ({ code, name, deleted }) =>
        deleted === shown &&
        passes(c, 'shortCode', [code]) &&
        passes(c, 'value', [name]) &&
        passes(c, 'shortCodeOrValue', [code, name]),
    );
    return c.json(
      paged(
        c,
        items.map((item) => renderedItem(list, item)),
      ),
    );
  });
  return app;
}

/** Whether one of the values passes the filter, `<operator>:<value>` or a bare value; without a filter all do. */
function passes(c: Context<SandboxEnv>, name: string, values: readonly string[]): boolean {
  const filter = c.req.query(name);
  if (filter === undefined) return true;
  const [, operator = 'eq', wanted = filter] = /^([a-z]+):(.*)$/s.exec(filter) ?? [];
  const compare = operators[operator];
  if (compare === undefined) throw listError(400, c.req.path, `The operator ${operator} is not supported`);
  return values.some((value) => compare(value, wanted));
}

function paged(c: Context<SandboxEnv>, rows: readonly object[]) {
  const number = Number(c.req.query('page') ?? '1');
  if (!Number.isInteger(number) || number < 1) throw listError(400, c.req.path, 'page starts at 1');
  const totalPages = Math.ceil(rows.length / pageSize);
  const link = (rel: string, page: number) => {
    const url = new URL(c.req.url);
    url.searchParams.set('page', String(page));
    return { rel, href: url.href };
  };
  return {
    links: [
      ...(number > 1 ? [link('prev', number - 1)] : []),
      ...(number < totalPages ? [link('next', number + 1)] : []),
    ],
    content: rows.slice((number - 1) * pageSize, number * pageSize),
    page: { size: pageSize, totalElements: rows.length, totalPages, number },
  };
}

function renderedList({ id, name, deleted }: List) {
  return {
    id,
    value: name,
    levelCount: 1,
    searchCriteria: 'TEXT',
    displayFormat: '(CODE) TEXT',
    category: { id: 'b77877c5-7e48-374f-bf1f-f5d85181fac8', type: 'Normal' },
    isReadOnly: false,
    isDeleted: deleted,
    managedBy: null,
  };
}

function renderedItem(list: List, { code, name, deleted }: List['items'][number]) {
  return {
    id: `${list.id}.${code}`,
    code,
    shortCode: code,
    value: name,
    level: 1,
    isDeleted: deleted,
    lists: [{ id: list.id, hasChildren: false }],
  };
}
