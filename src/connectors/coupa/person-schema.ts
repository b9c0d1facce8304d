import { z } from 'zod';
import { idSchema, textSchema } from './scalars.ts';
import type { CoupaActor, CoupaPerson, CoupaUser } from './types.ts';

const rawPersonSchema = z.object({
  id: idSchema,
  login: textSchema,
  email: textSchema,
  fullname: textSchema,
  firstname: textSchema,
  lastname: textSchema,
  active: z.boolean().nullish(),
});

/** A user in short form, as nested in approvals and documents. */
export const personSchema = rawPersonSchema.transform(toPerson);

/** A user with the account's `active` flag where Coupa sent it. */
export const userSchema = rawPersonSchema.transform((raw): CoupaUser => ({
  ...toPerson(raw),
  ...(typeof raw.active === 'boolean' && { active: raw.active }),
}));

/** `fullname` is absent in older tenants' answers. */
function toPerson(raw: z.output<typeof rawPersonSchema>): CoupaPerson {
  const names = [raw.firstname, raw.lastname].filter((name) => name !== undefined).join(' ');
  return {
    id: raw.id,
    fullname: raw.fullname ?? (names || (raw.login ?? raw.email ?? `user ${raw.id}`)),
    ...(raw.email !== undefined && { email: raw.email }),
    ...(raw.login !== undefined && { login: raw.login }),
  };
}

/** Whom Coupa names as `approved-by`. */
export const actorSchema = z
  .object({ id: idSchema, login: textSchema })
  .transform(({ id, login }): CoupaActor => ({
    id,
    ...(login !== undefined && { login }),
  }));

/** The `fields` of a user, wherever one is listed: enough for a name, an address and whether the account is active. */
export const USER_FIELDS = ['id', 'login', 'email', 'fullname', 'firstname', 'lastname', 'active'];
