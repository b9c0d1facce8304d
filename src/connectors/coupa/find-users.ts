import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { USER_FIELDS, userSchema } from './person-schema.ts';
import type { ReadOptions } from '../http/read-options.ts';
import type { CoupaUser } from './types.ts';

const OPERATION = 'GET /api/users';

/**
 * Users with this address, active or not; more than one is possible. Compared again here, without case: a filter that
 * Coupa ignored would otherwise name a stranger (P6).
 */
export async function findUsersByEmail(
  http: HttpRequest,
  email: string,
  options: ReadOptions = {},
): Promise<CoupaUser[]> {
  const wanted = email.trim().toLowerCase();
  if (wanted === '') return [];
  const answer = await http({
    method: 'GET',
    path: '/api/users',
    operation: OPERATION,
    query: {
      email: email.trim(),
      fields: JSON.stringify(USER_FIELDS),
    },
    effect: 'read',
    ...options,
  });
  const users = checkBody(z.array(userSchema), answer, { vendor: 'coupa', operation: OPERATION });
  return users.filter((user) => user.email?.trim().toLowerCase() === wanted);
}
