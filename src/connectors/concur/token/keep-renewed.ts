import type { CompanyTokens } from './company-tokens.ts';

export interface KeepRenewedOptions {
  /** How often to look whether a renewal is due, in milliseconds; a day is often enough. */
  readonly everyMs: number;
  /** Told of a renewal that failed; it is tried again at the next look. */
  readonly onProblem: (error: unknown) => void;
}

/**
 * Looks at once and then every so often whether the company's refresh token is to be renewed, so that an integration
 * which nobody uses does not lapse after six months. Keeps no process alive. `stop` ends the looking; a renewal under
 * way goes on, since the token file needs its answer.
 */
export function keepRenewed(
  tokens: Pick<CompanyTokens, 'renewIfDue'>,
  { everyMs, onProblem }: KeepRenewedOptions,
): { stop(): void } {
  let stopped = false;
  const look = () => {
    tokens.renewIfDue().catch((error: unknown) => {
      if (!stopped) onProblem(error);
    });
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  look();
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
