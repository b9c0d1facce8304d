import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { idSchema } from './scalars.ts';

const OPERATION = 'GET /api/users/:id';

/** An entry that cannot be read is passed over rather than hide the others. */
const groupsSchema = z
  .array(z.object({ id: idSchema }).nullable().catch(null))
  .nullish()
  .catch(null)
  .transform((groups) => (groups ?? []).flatMap((group) => group?.id ?? []));

const userSchema = z.object({ 'approval-groups': groupsSchema, 'user-groups': groupsSchema });

/**
 * Ids of the groups that a user is a member of, approval and user groups alike, since a row may name either for its
 * approver; empty for an unknown user. Says where to look and entitles nobody.
 */
export async function groupsOfUser(
  http: HttpRequest,
  userId: number,
  options: ReadOptions = {},
): Promise<number[]> {
  const answer = await http({
    method: 'GET',
    path: `/api/users/${userId}`,
    operation: OPERATION,
    query: { fields: '["id",{"approval-groups":["id"]},{"user-groups":["id"]}]' },
    effect: 'read',
    accept: [404],
    ...options,
  });
  if (answer.status === 404) return [];
  const user = checkBody(userSchema, answer, { vendor: 'coupa', operation: OPERATION });
  return [...new Set([...user['approval-groups'], ...user['user-groups']])];
}
