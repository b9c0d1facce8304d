import { z } from '@hono/zod-openapi';
import { InvalidCursor } from './engine/engine.ts';
import { invalid } from './problem-error.ts';

/** How many rows of a list a page has. */
export const limitParameter = z.coerce
  .number()
  .int()
  .min(1)
  .max(100)
  .default(20)
  .openapi({ type: 'integer', minimum: 1, maximum: 100 });

/** Where a page of a list begins. */
export const cursorParameter = z
  .string()
  .min(1)
  .max(4_000)
  .optional()
  .openapi({ description: '`next` of the page before.' });

/** The same page; a cursor that does not lead on is the caller's mistake (422). */
export function orCursorProblem<Page>(page: Promise<Page>): Promise<Page> {
  return page.catch((error: unknown) => {
    if (!(error instanceof InvalidCursor)) throw error;
    throw invalid([{ parameter: 'cursor', detail: `${error.message} Start again without one.` }]);
  });
}
