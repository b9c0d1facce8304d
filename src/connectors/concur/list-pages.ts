import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import type { Query } from '../http/url.ts';
import { createPageWatch, endless, readRows } from './pages.ts';
import { manySchema } from './scalars.ts';

const pageSchema = z.object({
  content: manySchema,
  page: z.object({
    totalPages: z.union([
      z.int().nonnegative(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ]),
  }),
});

export interface ListSearch<T> {
  readonly path: string;
  readonly operation: string;
  readonly query: Query;
  readonly row: z.ZodType<T>;
  /** More pages than these are an answer that never ends; Concur puts 100 rows on one. */
  readonly mostPages: number;
}

/**
 * The pages of a list of the v4 API, numbered from 1 to `page.totalPages`. Throws a TerminalError when they do not go
 * on as they should.
 */
export async function* listPages<T>(
  http: HttpRequest,
  { path, operation, query, row, mostPages }: ListSearch<T>,
  { signal, priority }: ReadOptions,
): AsyncGenerator<T[]> {
  const isNew = createPageWatch(operation);
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await http({
      method: 'GET',
      path,
      operation,
      query: { ...query, page },
      effect: 'read',
      signal,
      priority,
    });
    const { content, page: where } = checkBody(pageSchema, answer, { vendor: 'concur', operation });
    isNew(content);
    yield readRows(row, content, answer, operation);
    if (page >= where.totalPages) return;
  }
  throw endless(operation);
}
