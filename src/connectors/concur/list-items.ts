import { z } from 'zod';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { listPages } from './list-pages.ts';
import { pathSegment } from './path-segment.ts';
import { flagSchema, wordsSchema } from './scalars.ts';
import type { ConcurListItem } from './types.ts';

const OPERATION = 'GET /list/v4/lists/:id/children';
/** 200,000 items. */
const MOST_PAGES = 2000;
/** A code is unique on its level; where asking for it brings hundreds of items, the filter is not heard. */
const MOST_PAGES_OF_A_CODE = 10;

const itemSchema = z
  .object({ shortCode: z.string().min(1).max(256), value: wordsSchema(200), isDeleted: flagSchema })
  .transform(({ shortCode, value, isDeleted }) => ({
    isDeleted: isDeleted === true,
    item: { code: shortCode, name: value ?? shortCode } satisfies ConcurListItem,
  }));

/** Items of a list's first level that are not deleted, a page at a time. */
export function listItems(
  http: HttpRequest,
  listId: string,
  options: ReadOptions = {},
): AsyncGenerator<readonly ConcurListItem[]> {
  return itemPages(http, listId, {}, MOST_PAGES, options);
}

/**
 * Whether a list has an item of exactly this code on its first level, not deleted. Throws a TerminalError where the
 * answer does not tell, and for a list that Concur does not know.
 */
export async function hasListItem(
  http: HttpRequest,
  listId: string,
  code: string,
  options: ReadOptions = {},
): Promise<boolean> {
  const query = { shortCode: `eq:${code}` };
  for await (const page of itemPages(http, listId, query, MOST_PAGES_OF_A_CODE, options)) {
    if (page.some((item) => item.code === code)) return true;
  }
  return false;
}

async function* itemPages(
  http: HttpRequest,
  listId: string,
  query: Readonly<Record<string, string>>,
  mostPages: number,
  options: ReadOptions,
): AsyncGenerator<readonly ConcurListItem[]> {
  const path = `/list/v4/lists/${pathSegment(listId, OPERATION)}/children`;
  const search = { path, operation: OPERATION, query, row: itemSchema, mostPages };
  for await (const page of listPages(http, search, options)) {
    yield page.filter((row) => !row.isDeleted).map((row) => row.item);
  }
}
