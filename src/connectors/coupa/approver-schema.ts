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

/** Enough to tell a user (login, address, a person's names) from a group (name and users). */
const shapeSchema = z.object({
  login: textSchema,
  email: textSchema,
  fullname: textSchema,
  firstname: textSchema,
  lastname: textSchema,
  name: textSchema,
  users: z.unknown().optional(),
});

/**
 * Whether something that may be a user or a group is one or the other: both are numbered by the same key, so that the
 * wrong guess would entitle a stranger (P6).
 */
export function kindOf(raw: unknown): 'user' | 'group' | 'unknown' {
  const shape = shapeSchema.safeParse(raw);
  if (!shape.success) return 'unknown';
  const { login, email, fullname, firstname, lastname, name, users } = shape.data;
  if (Array.isArray(users)) return 'group';
  const ofPerson = [login, email, fullname, firstname, lastname];
  if (ofPerson.some((text) => text !== undefined)) return 'user';
  return name === undefined ? 'unknown' : 'group';
}

/**
 * Reads a row's polymorphic `approver`. `approver-type` decides when it is `User`; its value for groups is not
 * published, and older rows lack the key, so otherwise the shape decides. Never throws: an approval whose approver
 * cannot be read must still be seen (P7).
 */
export function readApprover(approver: unknown, approverType: string | undefined): CoupaApprover {
  if (approverType === 'User') return readUser(approver);
  const kind = kindOf(approver);
  if (kind === 'group') return readGroup(approver);
  // What calls itself a group and looks like a person is neither, for sure.
  return kind === 'user' && !/group/i.test(approverType ?? '') ? readUser(approver) : { kind: 'unknown' };
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

/**
 * Reads a row's `delegates`: people who may act on it beside its approver. Coupa's schema lets a group stand there as
 * well; a group, and what cannot be read, gives nobody a right. `delegate` and `delegate-id` are not read: no document
 * says whom they name, nor for how long.
 */
export function readDelegates(delegates: unknown): CoupaUser[] {
  const people = z.array(z.unknown()).catch([]).parse(delegates);
  return people
    .filter((each) => kindOf(each) === 'user')
    .flatMap((each) => userSchema.safeParse(each).data ?? []);
}
