import type { CoupaClient } from '../../../connectors/coupa/client.ts';
import type { CoupaGroup, CoupaUser } from '../../../connectors/coupa/types.ts';
import { LARGEST_PAGE } from '../../../connectors/coupa/list-page.ts';
import { allInForce, byDelegator, inForce } from './delegations.ts';
import { createRemembered, type Asking } from './remembered.ts';
import { createRight } from './right.ts';

/**
 * Who is who in Coupa, as far as it decides who may decide. Every answer is remembered for some minutes. Each method
 * throws a RetryableError while Coupa cannot answer and nothing is known from before.
 */
export interface Directory {
  /** To whom this person has delegated approvals at `now`; nobody where delegations cannot be read. */
  delegatesOf(delegatorId: number, now: Date, reading?: Asking): Promise<readonly CoupaUser[]>;
  /** Who has delegated approvals to whom at `now`, by ids; undefined where delegations cannot be read. */
  delegationsInForce(
    now: Date,
    reading?: Asking,
  ): Promise<ReadonlyMap<number, readonly number[]> | undefined>;
  /** Users by id; whom Coupa does not give is absent, and everybody where users cannot be read. */
  users(ids: readonly number[], reading?: Asking): Promise<ReadonlyMap<number, CoupaUser>>;
  /** Who has this address, active or not; undefined where users cannot be read. */
  holdersOf(address: string, reading?: Asking): Promise<readonly CoupaUser[] | undefined>;
  /** A group; undefined where there is none of this id, or groups cannot be read. */
  group(id: number, reading?: Asking): Promise<CoupaGroup | undefined>;
}

type DirectoryClient = Pick<CoupaClient, 'holdersOf' | 'usersById' | 'listDelegations' | 'groupMembers'>;

export interface DirectoryOptions {
  readonly coupa: DirectoryClient;
  /** Told which right is missing, without names and addresses (P9): once an hour. */
  readonly warn: (message: string) => void;
  /** How long an answer serves, in milliseconds: 10 minutes when left out. */
  readonly freshMs?: number | undefined;
  /** Milliseconds of any epoch. */
  readonly now?: (() => number) | undefined;
}

const usualFreshMs = 10 * 60_000;
/** Some 200 bytes each. */
const maxPeople = 20_000;
const maxLists = 1_000;

/** Creates the directory of one process; looks and decisions share it. */
export function createDirectory({ coupa, warn, freshMs = usualFreshMs, now }: DirectoryOptions): Directory {
  const common = { freshMs, now };
  const userRight = createRight({
    missing: 'the scope core.user.read is missing',
    without: 'people and their addresses are taken as the approvals show them',
    warn,
    now,
  });
  const delegations = createRemembered({
    ...common,
    read: async (_: 'all', reading) => byDelegator(await coupa.listDelegations(reading)),
    right: createRight({
      missing: 'the right to read delegations is missing, for which Coupa documents no scope',
      without: 'delegates do not decide, unless the approval itself names them',
      warn,
      now,
    }),
    maxKeys: 1,
  });
  const holders = createRemembered({
    ...common,
    read: (address: string, reading) => coupa.holdersOf(address, reading),
    right: userRight,
    maxKeys: maxPeople,
  });
  const pages = createRemembered({
    ...common,
    read: (ids: string, reading) => coupa.usersById(ids.split(',').map(Number), reading),
    right: userRight,
    maxKeys: maxLists,
  });
  const groups = createRemembered({
    ...common,
    read: (id: number, reading) => coupa.groupMembers(id, reading),
    right: createRight({
      missing: 'the scope core.user_group.read is missing',
      without: 'a group decides only where the approval itself names its members',
      warn,
      now,
    }),
    maxKeys: maxLists,
  });

  return {
    delegatesOf: async (delegatorId, at, reading) =>
      inForce((await delegations('all', reading))?.get(delegatorId), at),
    async delegationsInForce(at, reading) {
      const all = await delegations('all', reading);
      return all && allInForce(all, at);
    },
    holdersOf: (address, reading) => holders(address.trim().toLowerCase(), reading),
    async users(ids, reading) {
      const sorted = [...new Set(ids)].sort((a, b) => a - b);
      const found = new Map<number, CoupaUser>();
      for (let from = 0; from < sorted.length; from += LARGEST_PAGE) {
        const page = await pages(sorted.slice(from, from + LARGEST_PAGE).join(','), reading);
        for (const user of page ?? []) found.set(user.id, user);
      }
      return found;
    },
    group: groups,
  };
}
