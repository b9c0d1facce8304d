import type { ApiDeps, ResolvedUser } from './deps.ts';
import { remembering } from './remembering.ts';

const keepMs = 10 * 60 * 1_000;
const keepUnknownMs = 15 * 1_000;

/**
 * Remembers for 10 minutes whom Coupa found under an address and which groups somebody is in, so that a page that is
 * reloaded costs Coupa nothing; that nobody was found, or that Coupa cannot name the groups, only for a moment.
 */
export function createApproverDirectory(
  { resolveUser, groupsOf }: Pick<ApiDeps, 'resolveUser' | 'groupsOf'>,
  now: () => Date,
) {
  const byAddress = remembering((address: string) => resolveUser(address.trim()), {
    keepMs,
    nameOf: (address) => address.trim().toLowerCase(),
    keepMsOf: ({ kind }: ResolvedUser) => (kind === 'found' ? keepMs : keepUnknownMs),
    now,
  });
  // Without the right to read users, or while Coupa is down, a person's own rows are still listed.
  const ownAlone = (userId: number) => groupsOf(userId).catch((): undefined => undefined);
  const groups = remembering(ownAlone, {
    keepMs,
    keepMsOf: (ids) => (ids === undefined ? keepUnknownMs : keepMs),
    now,
  });
  return {
    /** Whom Coupa knows under an address. Rejects when Coupa cannot say. */
    userOf: byAddress,
    /** Groups of a person; none where Coupa cannot say. */
    groupsOf: async (userId: number): Promise<readonly number[]> => (await groups(userId)) ?? [],
  };
}
