import { z } from '@hono/zod-openapi';
import { InvalidCursor } from './engine/engine.ts';
import { invalid } from './problem-error.ts';

const maxRows = 100;
const noLimit = `It is a whole number from 1 to ${maxRows}.`;

/** How many rows of a list a page has. */
export const limitParameter = z.coerce
  .number(noLimit)
  .refine((limit) => Number.isInteger(limit) && limit >= 1 && limit <= maxRows, noLimit)
  .default(20)
  .openapi({ type: 'integer', minimum: 1, maximum: maxRows });

/** Where a page of a list begins. */
export const cursorParameter = z
  .string()
  .min(1, 'It is empty: leave it out, or send `next` of the page before.')
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
