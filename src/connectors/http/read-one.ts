import type { z } from 'zod';
import { checkAsked, checkBody } from './check.ts';
import type { HttpCall, HttpRequest } from './http-types.ts';
import type { ReadOptions } from './read-options.ts';

/** One thing of a vendor's. */
interface Asked<T> extends Pick<HttpCall, 'path' | 'operation' | 'query' | 'headers'> {
  readonly vendor: string;
  readonly schema: z.ZodType<T>;
  /** Whether what came is what was asked for. */
  readonly isAsked: (found: T) => boolean;
}

/**
 * Reads one thing; undefined when the vendor has none (404, whose body may be anything). Throws a RetryableError for an
 * answer about another one (P4), and what `http` and `checkBody` throw.
 */
export async function readOne<T>(
  http: HttpRequest,
  { vendor, schema, isAsked, ...call }: Asked<T>,
  options: ReadOptions = {},
): Promise<T | undefined> {
  const answer = await http({ method: 'GET', ...call, effect: 'read', accept: [404], ...options });
  if (answer.status === 404) return undefined;
  const { operation } = call;
  const found = checkBody(schema, answer, { vendor, operation });
  checkAsked(isAsked(found), answer, { vendor, operation });
  return found;
}
