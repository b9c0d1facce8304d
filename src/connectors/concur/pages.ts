import { createHash } from 'node:crypto';
import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import { TerminalError } from '../http/errors.ts';
import type { HttpAnswer } from '../http/http-types.ts';

/** The error of a list that does not end, or not as it should: a part of it must not pass for the whole. */
export function endless(operation: string): TerminalError {
  return new TerminalError('the pages of the list do not follow one another; report this', {
    vendor: 'concur',
    operation,
  });
}

/** Watches the pages of one list: throws a TerminalError for one that was there before, two empty ones included. */
export function createPageWatch(operation: string): (page: readonly unknown[]) => void {
  const seen = new Set<string>();
  return (page) => {
    const mark = createHash('sha256').update(JSON.stringify(page)).digest('base64');
    if (seen.has(mark)) throw endless(operation);
    seen.add(mark);
  };
}

/**
 * The rows that can be read; the others are left out. Throws a TerminalError when there are rows and none of them can
 * be read: then it is the shape that is another one.
 */
export function readRows<T>(
  schema: z.ZodType<T>,
  rows: readonly unknown[],
  answer: HttpAnswer,
  operation: string,
): T[] {
  const read = rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  if (rows.length === 0 || read.length > 0) return read;
  return checkBody(z.array(schema), { ...answer, body: rows }, { vendor: 'concur', operation });
}
