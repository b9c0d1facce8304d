import { people } from '../world/people.ts';

/** Somebody whom Concur knows: a requester, and the owner of a user token. */
export interface ConcurUser {
  /** What `userEmail` names. */
  address: string;
  /** What `userLoginId` names, and what the password grant takes. */
  login: string;
  password: string;
  /** What `userId` names, and the `sub` of a user token. */
  uuid: string;
}

/** Everybody's password in the simulated company. */
const usualPassword = 'sandbox';

/** Everybody in the world but the login behind an API, each with a UUID that ends with the person's id. */
export function worldUsers(): ConcurUser[] {
  return people
    .filter((person) => !person.apiUser)
    .map(({ id, email, login }) => ({
      address: email,
      login,
      password: usualPassword,
      uuid: `c0c0c0c0-0000-4000-8000-${String(id).padStart(12, '0')}`,
    }));
}

/** The fields of a purchase request that name its requester. */
export type UserField = 'userId' | 'userEmail' | 'userLoginId';

const keys = { userId: 'uuid', userEmail: 'address', userLoginId: 'login' } as const;

/** The user whom a field of a purchase request names; case does not matter. */
export function userBy(
  users: readonly ConcurUser[],
  field: UserField,
  value: string,
): ConcurUser | undefined {
  return users.find((user) => same(user[keys[field]], value));
}

/** The user of a password grant, whose `username` is a login, an address or a UUID. */
export function userOfGrant(
  users: readonly ConcurUser[],
  username: string,
  password: string,
): ConcurUser | undefined {
  const named = users.find(({ login, address, uuid }) =>
    [login, address, uuid].some((name) => same(name, username)),
  );
  return named?.password === password ? named : undefined;
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
