import type { ResolvedUser } from './deps.ts';

const keepMs = 10 * 60 * 1_000;
const maxEntries = 1_000;

/**
 * Remembers for 10 minutes whom Coupa found under an address, so that a page that is reloaded costs Coupa
 * nothing. Only what was found is kept: somebody unknown may be added any moment. Oldest entries go first.
 */
export function createApproverDirectory(
  resolveUser: (address: string) => Promise<ResolvedUser>,
  now: () => Date,
) {
  const known = new Map<string, { user: ResolvedUser; untilMs: number }>();
  return async (address: string): Promise<ResolvedUser> => {
    const key = address.trim().toLowerCase();
    const nowMs = now().getTime();
    const kept = known.get(key);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.user;
    known.delete(key);
    const user = await resolveUser(address.trim());
    if (user.kind === 'found') {
      const [oldest] = known.keys();
      if (known.size >= maxEntries && oldest !== undefined) known.delete(oldest);
      known.set(key, { user, untilMs: nowMs + keepMs });
    }
    return user;
  };
}
