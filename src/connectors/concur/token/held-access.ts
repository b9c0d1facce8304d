import type { Secret } from '../../../contract/secret.ts';
import { orAborted } from '../../http/aborting.ts';
import { singleFlight } from '../../http/single-flight.ts';
import type { ConcurAccess, ConcurTokens } from './types.ts';

/** An access token with the end of its use, in milliseconds since the epoch. */
export interface FreshAccess extends ConcurAccess {
  readonly usableUntilMs: number;
}

/** The present access token, kept in memory alone. */
export interface HeldAccess extends ConcurTokens {
  /** Takes the place of the present one. */
  keep(fresh: FreshAccess): void;
}

/** A token handed out must outlive the request it starts. */
const USABLE_LIFE = 0.95;

/** When a token of this life is replaced. The life counts from before the request that brought it. */
export function usableUntilMs(askedAtMs: number, lifetimeMs: number): number {
  return askedAtMs + lifetimeMs * USABLE_LIFE;
}

/**
 * One access token for many callers. `obtain` runs once for those that come together, and to its end even when all of
 * them have left: what it brings may be the only refresh token that still works.
 */
export function holdAccess(obtain: () => Promise<FreshAccess>, now: () => number): HeldAccess {
  let held: FreshAccess | undefined;
  const renew = singleFlight(async () => {
    held = await obtain();
    return held;
  });
  const isHeld = (token: Secret) => held?.token.reveal() === token.reveal();
  return {
    async access(signal) {
      signal?.throwIfAborted();
      const { token, origin } = held && now() < held.usableUntilMs ? held : await orAborted(renew(), signal);
      return { token, origin };
    },
    refused(token) {
      if (isHeld(token)) held = undefined;
    },
    keep(fresh) {
      held = fresh;
    },
  };
}
