/** A right that Coupa may not have given us. What needs it is done without meanwhile, and said so. */
export interface Right {
  isMissing(): boolean;
  /** Coupa refused with this status: nothing that needs the right is asked for an hour. */
  refused(operation: string, status: number): void;
  /** Coupa gave an answer to this route that cannot be used. Said once an hour; others are asked all the same. */
  unusable(operation: string, status: number | undefined): void;
}

interface RightOptions {
  /** What is missing, and what goes without: for the log. Holds neither name nor address (P9). */
  readonly missing: string;
  readonly without: string;
  readonly warn: (message: string) => void;
  /** Milliseconds of any epoch. */
  readonly now?: (() => number) | undefined;
}

const pauseMs = 60 * 60_000;

/** A right that is held until Coupa refuses (401 or 403: no document says which of the two it is). */
export function createRight({ missing, without, warn, now = Date.now }: RightOptions): Right {
  let missingUntilMs = -Infinity;
  let quietUntilMs = -Infinity;
  return {
    isMissing: () => now() < missingUntilMs,
    refused(operation, status) {
      // Requests that were under way together are refused together.
      if (now() < missingUntilMs) return;
      missingUntilMs = now() + pauseMs;
      warn(`Coupa refuses ${operation} (HTTP ${status}): ${missing}. For an hour ${without}.`);
    },
    unusable(operation, status) {
      if (now() < quietUntilMs) return;
      quietUntilMs = now() + pauseMs;
      warn(`Coupa gives no usable answer to ${operation} (HTTP ${status ?? 'unknown'}): ${without}.`);
    },
  };
}
