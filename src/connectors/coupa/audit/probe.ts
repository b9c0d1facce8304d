import { z } from 'zod';
import type { HttpRequest } from '../../http/http-types.ts';
import type { Query } from '../../http/url.ts';
import { idSchema } from '../scalars.ts';

/** What one read of a list came to: the ids that it gave, or the status with which Coupa says no. */
export type Probed =
  | { readonly kind: 'ids'; readonly ids: readonly number[] }
  | { readonly kind: 'refused'; readonly status: number };

const refusals = [400, 401, 403, 404, 405, 422];
const listSchema = z.array(z.object({ id: idSchema }).nullable().catch(null)).catch([]);

/**
 * Reads a list to see whether this client may, and whether Coupa knows the filters in `query`. `operation` is the
 * route's pattern, without ids and values. Throws the errors of a read that got no answer at all.
 */
export async function probe(
  http: HttpRequest,
  { path, operation, query = {} }: { path: string; operation: string; query?: Query },
  signal?: AbortSignal,
): Promise<Probed> {
  const answer = await http({
    method: 'GET',
    path,
    operation,
    query: { limit: 5, fields: '["id"]', ...query },
    effect: 'read',
    accept: refusals,
    signal,
  });
  if (refusals.includes(answer.status)) return { kind: 'refused', status: answer.status };
  return { kind: 'ids', ids: listSchema.parse(answer.body).flatMap((row) => row?.id ?? []) };
}
