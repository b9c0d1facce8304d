/**
 * One access token for many callers.
 * T1. At most one mint is under way.
 * T2. A token is handed out only `settleMs` after it was minted (Coupa may refuse one that is younger than 5 s).
 * T3. Past `refreshAt` of its life a token is renewed in the background; callers keep the old one, and the new one
 *     takes its place once settled, so nobody waits. A failed renewal is tried again later and fails nobody.
 * T4. A token refused shortly after it settled may need longer: `restMs` says how long to give it before another try.
 */
import type { Secret } from '../../contract/secret.ts';
import { sleep as realSleep } from './aborting.ts';
import { singleFlight } from './single-flight.ts';

export interface MintedToken {
  readonly token: Secret;
  readonly lifetimeMs: number;
}

export interface TokenSource {
  /** A token that may be used now. Throws what `mint` threw, or the signal's reason. */
  token(signal?: AbortSignal): Promise<Secret>;
  /** How long a token that was refused should rest, since it is still young, in milliseconds; 0 for any other. */
  restMs(token: Secret): number;
  /** The vendor refused this token: the next call gets another one. A token already replaced is ignored. */
  invalidate(token: Secret): void;
}

export interface TokenSourceOptions {
  readonly mint: (signal: AbortSignal) => Promise<MintedToken>;
  readonly settleMs: number;
  /** Fraction of the life after which it is renewed. */
  readonly refreshAt?: number;
  /** Milliseconds of any epoch. */
  readonly now?: () => number;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

interface Held {
  readonly token: Secret;
  readonly mintedAtMs: number;
  readonly expiresAtMs: number;
  readonly renewalSpacingMs: number;
  renewAtMs: number;
}

/** A token handed out must outlive the request it starts. */
const USABLE_LIFE = 0.95;
const MAX_RENEWAL_SPACING_MS = 60_000;
/** A token counts as young for this many settling times: it is first used after one. */
const YOUNG_SETTLES = 3;

/** Creates a source that keeps the promises T1 to T4 above. */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { mint, settleMs, refreshAt = 0.8, now = Date.now, sleep = realSleep } = options;
  let held: Held | undefined;

  const renew = singleFlight(async (signal) => {
    // The life counts from before the request: the vendor's clock started somewhere in between.
    const startedAtMs = now();
    const { token, lifetimeMs } = await mint(signal);
    const mintedAtMs = now();
    if (settleMs > 0) await sleep(settleMs, signal);
    held = {
      token,
      mintedAtMs,
      expiresAtMs: startedAtMs + lifetimeMs * USABLE_LIFE,
      renewAtMs: startedAtMs + lifetimeMs * refreshAt,
      renewalSpacingMs: Math.min(MAX_RENEWAL_SPACING_MS, lifetimeMs * (1 - refreshAt) * 0.25),
    };
    return token;
  });

  function renewInBackground(current: Held): void {
    // Set before the outcome is known: while the token endpoint fails, callers must not each call it.
    current.renewAtMs = now() + current.renewalSpacingMs;
    renew().catch(() => undefined);
  }

  return {
    async token(signal) {
      signal?.throwIfAborted();
      if (!held || now() >= held.expiresAtMs) return renew(signal);
      const current = held;
      if (now() >= current.renewAtMs) renewInBackground(current);
      return current.token;
    },
    restMs(token) {
      if (held?.token !== token) return 0;
      return now() - held.mintedAtMs < settleMs * YOUNG_SETTLES ? settleMs : 0;
    },
    invalidate(token) {
      if (held?.token === token) held = undefined;
    },
  };
}
