import type { ResolvedUser } from './deps.ts';

const keepMs = 10 * 60 * 1_000;
const keepUnknownMs = 15 * 1_000;
const maxEntries = 1_000;

/**
 * Remembers for 10 minutes whom Coupa found under an address, so that a page that is reloaded costs Coupa
 * nothing; that nobody was found only for a moment, since somebody may be added. Oldest entries go first, and
 * those who ask about one address at once share one request.
 */
export function createApproverDirectory(
  resolveUser: (address: string) => Promise<ResolvedUser>,
  now: () => Date,
) {
  const known = new Map<string, { user: Promise<ResolvedUser>; untilMs: number }>();

  function remember(key: string, user: Promise<ResolvedUser>, untilMs: number): void {
    known.delete(key);
    const [oldest] = known.keys();
    if (known.size >= maxEntries && oldest !== undefined) known.delete(oldest);
    known.set(key, { user, untilMs });
  }

  return (address: string): Promise<ResolvedUser> => {
    const key = address.trim().toLowerCase();
    const nowMs = now().getTime();
    const kept = known.get(key);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.user;
    const asked = resolveUser(address.trim());
    remember(key, asked, nowMs + keepMs);
    asked.then(
      ({ kind }) => {
        if (kind !== 'found' && known.get(key)?.user === asked) remember(key, asked, nowMs + keepUnknownMs);
      },
      () => {
        if (known.get(key)?.user === asked) known.delete(key);
      },
    );
    return asked;
  };
}
