import type { z } from 'zod';
import { checkAsked, checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';

/** One thing of Coupa's, by its id. */
interface Asked<T> {
  /** Where such things stand: `/api/approvals`. */
  readonly under: string;
  readonly id: number;
  readonly schema: z.ZodType<T>;
  /** Coupa's `fields` parameter; all fields without it. */
  readonly fields?: string;
}

/**
 * The thing of this id; undefined when Coupa has none (404, whose body may be anything). Throws a RetryableError for an
 * answer about another id.
 */
export async function getOne<T extends { readonly id: number }>(
  http: HttpRequest,
  { under, id, schema, fields }: Asked<T>,
  options: ReadOptions = {},
): Promise<T | undefined> {
  const operation = `GET ${under}/:id`;
  const answer = await http({
    method: 'GET',
    path: `${under}/${id}`,
    operation,
    ...(fields === undefined ? {} : { query: { fields } }),
    effect: 'read',
    accept: [404],
    ...options,
  });
  if (answer.status === 404) return undefined;
  const call = { vendor: 'coupa', operation };
  const found = checkBody(schema, answer, call);
  checkAsked(found.id === id, answer, call);
  return found;
}
