import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { LARGEST_PAGE } from './list-page.ts';
import { USER_FIELDS, userSchema } from './person-schema.ts';
import type { ReadOptions } from '../http/read-options.ts';
import type { CoupaUser } from './types.ts';

const OPERATION = 'GET /api/users';

/**
 * Users of these ids, active or not, at most 50, in one request (`id[in]`, Coupa's filter by a comma list). Compared
 * again here: a filter that Coupa ignored would otherwise name strangers (P6). Whom Coupa does not give is absent.
 */
export async function usersById(
  http: HttpRequest,
  ids: readonly number[],
  options: ReadOptions = {},
): Promise<CoupaUser[]> {
  const wanted = ids.slice(0, LARGEST_PAGE);
  if (wanted.length === 0) return [];
  const answer = await http({
    method: 'GET',
    path: '/api/users',
    operation: OPERATION,
    query: {
      'id[in]': wanted.join(','),
      order_by: 'id',
      dir: 'asc',
      limit: LARGEST_PAGE,
      fields: JSON.stringify(USER_FIELDS),
    },
    effect: 'read',
    ...options,
  });
  const users = checkBody(z.array(userSchema), answer, { vendor: 'coupa', operation: OPERATION });
  return users.filter(({ id }) => wanted.includes(id));
}
