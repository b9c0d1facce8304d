import type { z } from 'zod';
import type { HttpRequest } from '../http/http-types.ts';
import { readOne } from '../http/read-one.ts';
import type { ReadOptions } from '../http/read-options.ts';

/** What to read of Coupa's. */
interface Asked<T> {
  /** Where such things stand: `/api/approvals`. */
  readonly under: string;
  readonly id: number;
  readonly schema: z.ZodType<T>;
  /** Coupa's `fields` parameter; all fields without it. */
  readonly fields?: string;
}

/** The thing of this id; undefined when Coupa has none. Throws as `readOne` does. */
export function getOne<T extends { readonly id: number }>(
  http: HttpRequest,
  { under, id, schema, fields }: Asked<T>,
  options?: ReadOptions,
): Promise<T | undefined> {
  return readOne(
    http,
    {
      vendor: 'coupa',
      operation: `GET ${under}/:id`,
      path: `${under}/${id}`,
      ...(fields === undefined ? {} : { query: { fields } }),
      schema,
      isAsked: (found) => found.id === id,
    },
    options,
  );
}
