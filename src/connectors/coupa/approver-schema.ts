import { z } from 'zod';
import { userSchema } from './person-schema.ts';
import { idSchema, textSchema } from './scalars.ts';
import type { CoupaApprover, CoupaUser } from './types.ts';

const groupSchema = z.object({
  id: idSchema,
  name: z.string(),
  active: z.boolean().nullish(),
  users: z.array(userSchema).nullish(),
});

/** Enough to tell a user (login or address) from a group (name and users) where the row has no `approver-type`. */
const shapeSchema = z.object({
  login: textSchema,
  email: textSchema,
  name: textSchema,
  users: z.unknown().optional(),
});

/**
 * Reads a row's polymorphic `approver`. `approver-type` decides when it is `User`; its value for groups is not
 * published, and older rows lack the key, so otherwise the shape decides. Never throws: an approval whose approver
 * cannot be read must still be seen (P7).
 */
export function readApprover(approver: unknown, approverType: string | undefined): CoupaApprover {
  const shape = shapeSchema.safeParse(approver);
  if (!shape.success) return { kind: 'unknown' };
  const { login, email, name, users } = shape.data;
  const looksLikeUser = login !== undefined || email !== undefined;
  const looksLikeGroup = name !== undefined || Array.isArray(users);
  if (approverType === 'User' || looksLikeUser) return readUser(approver);
  return looksLikeGroup ? readGroup(approver) : { kind: 'unknown' };
}

function readUser(approver: unknown): CoupaApprover {
  const parsed = userSchema.safeParse(approver);
  if (!parsed.success) return { kind: 'unknown' };
  const { active, ...person } = parsed.data;
  return { kind: 'user', person, ...(active !== undefined && { active }) };
}

function readGroup(approver: unknown): CoupaApprover {
  const parsed = groupSchema.safeParse(approver);
  if (!parsed.success) return { kind: 'unknown' };
  const { id, name, active, users } = parsed.data;
  return {
    kind: 'group',
    id,
    name,
    ...(typeof active === 'boolean' && { active }),
    ...(users && { members: users }),
  };
}

const delegatesSchema = z.array(userSchema.nullable().catch(null)).catch([]);

/**
 * Reads a row's `delegates`: people who may act on it beside its approver. What cannot be read gives nobody a right.
 * `delegate` and `delegate-id` are not read: no document says whom they name, nor for how long.
 */
export function readDelegates(delegates: unknown): CoupaUser[] {
  return delegatesSchema.parse(delegates).filter((user) => user !== null);
}
