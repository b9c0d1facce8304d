import { z } from 'zod';
import { checkBody } from '../../http/check.ts';
import type { HttpRequest } from '../../http/http-types.ts';
import { LARGEST_PAGE } from '../list-page.ts';
import { idSchema } from '../scalars.ts';

const OPERATION = 'GET /api/users';

const userSchema = z.object({ id: idSchema, 'api-user': z.boolean().nullish() });

/** Which of these users, at most 50, are the users of an API client and no people (`api-user`). */
export async function apiUsersAmong(
  http: HttpRequest,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<number[]> {
  if (ids.length === 0) return [];
  const answer = await http({
    method: 'GET',
    path: '/api/users',
    operation: OPERATION,
    query: {
      'id[in]': ids.slice(0, LARGEST_PAGE).join(','),
      order_by: 'id',
      dir: 'asc',
      limit: LARGEST_PAGE,
      fields: '["id","api-user"]',
    },
    effect: 'read',
    signal,
  });
  const users = checkBody(z.array(userSchema), answer, { vendor: 'coupa', operation: OPERATION });
  return users.filter((user) => user['api-user'] === true && ids.includes(user.id)).map(({ id }) => id);
}
