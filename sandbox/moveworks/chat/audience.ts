import { people } from '../../world/people.ts';
import type { MoveworksSandboxOptions } from '../options.ts';

/** Somebody who can be sent messages. */
export interface ChatPerson {
  /** In lower case. */
  address: string;
  /** The address again when nothing more is known. */
  name: string;
  department?: string;
}

/** Everybody who exists for this Moveworks and is in every event's launch audience. */
export function audienceOf({ users }: Pick<MoveworksSandboxOptions, 'users'>): ChatPerson[] {
  const known = new Map(
    people
      .filter((one) => !one.apiUser)
      .map(({ email, firstname, lastname, department }) => [
        email,
        { address: email, name: `${firstname} ${lastname}`, department },
      ]),
  );
  if (users === undefined) return [...known.values()];
  const addresses = new Set(users.map((address) => address.toLowerCase()));
  return [...addresses].map((address) => known.get(address) ?? { address, name: address });
}

/** One or two letters that stand for a person. */
export function initialsOf({ name }: ChatPerson): string {
  const letters = name.split(/\s+/).flatMap((word) => Array.from(word).slice(0, 1));
  return letters.slice(0, 2).join('').toUpperCase();
}
