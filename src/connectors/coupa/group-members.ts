import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { USER_FIELDS, userSchema } from './person-schema.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { idSchema, textSchema } from './scalars.ts';
import type { CoupaGroup } from './types.ts';

const OPERATION = 'GET /api/user_groups/:id';

const groupSchema = z
  .object({
    id: idSchema,
    name: textSchema,
    active: z.boolean().nullish(),
    users: z.array(userSchema),
  })
  .transform(({ id, name, active, users }): CoupaGroup => ({
    id,
    ...(name !== undefined && { name }),
    ...(typeof active === 'boolean' && { active }),
    members: users,
  }));

/**
 * A group with its members; undefined when Coupa has none of this id (404), or answers with another one: its members
 * would be strangers to the row (P6).
 */
export async function groupMembers(
  http: HttpRequest,
  id: number,
  options: ReadOptions = {},
): Promise<CoupaGroup | undefined> {
  const answer = await http({
    method: 'GET',
    path: `/api/user_groups/${id}`,
    operation: OPERATION,
    query: { fields: JSON.stringify(['id', 'name', 'active', { users: USER_FIELDS }]) },
    effect: 'read',
    accept: [404],
    ...options,
  });
  if (answer.status === 404) return undefined;
  const group = checkBody(groupSchema, answer, { vendor: 'coupa', operation: OPERATION });
  return group.id === id ? group : undefined;
}
