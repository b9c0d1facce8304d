import { z } from 'zod';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { listPages } from './list-pages.ts';
import { flagSchema, wordsSchema } from './scalars.ts';
import type { ConcurList } from './types.ts';

const PATH = '/list/v4/lists';
/** 50,000 lists. */
const MOST_PAGES = 500;

const listSchema = z
  .object({
    id: z.string().min(1).max(256),
    value: wordsSchema(200),
    levelCount: z.int().positive().optional().catch(undefined),
    isDeleted: flagSchema,
  })
  .transform(({ id, value, levelCount: levels, isDeleted }) => ({
    isDeleted: isDeleted === true,
    list: { id, name: value ?? id, ...(levels !== undefined && { levels }) } satisfies ConcurList,
  }));

/** All lists that are not deleted, a page at a time. SAP documents the API for Professional Edition. */
export async function* lists(
  http: HttpRequest,
  options: ReadOptions = {},
): AsyncGenerator<readonly ConcurList[]> {
  const search = {
    path: PATH,
    operation: `GET ${PATH}`,
    query: { isDeleted: 'false' },
    row: listSchema,
    mostPages: MOST_PAGES,
  };
  for await (const page of listPages(http, search, options)) {
    yield page.filter((row) => !row.isDeleted).map((row) => row.list);
  }
}
