import { z } from '@hono/zod-openapi';

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
