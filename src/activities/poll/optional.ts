import type { Logger } from '@temporalio/common';
import { concernsRequestOnly } from './read-requisitions.ts';

/** Something that a poll can do without. */
export interface Optional {
  /** False once the tenant has refused it. */
  serves(): boolean;
  /** Not again before the worker's next start, which is said once. */
  off(error?: unknown): void;
  /** Off when the tenant refuses it; any other trouble is said, and the next run tries again. */
  readonly failed: (error: unknown) => void;
}

/** `what` names it in the log. */
export function createOptional(what: string, log: Pick<Logger, 'warn'>): Optional {
  let serving = true;
  const off = (error?: unknown): void => {
    if (serving) log.warn(`Coupa refuses ${what}: off until the next start`, { error });
    serving = false;
  };
  return {
    serves: () => serving,
    off,
    failed: (error) => {
      if (concernsRequestOnly(error, false)) off(error);
      else log.warn(`${what} failed; the next run tries again`, { error });
    },
  };
}
