/** A right that Coupa may not have given us. What needs it is done without meanwhile, and said so. */
export interface Right {
  isMissing(): boolean;
  /** Coupa gave an answer that needs the right. */
  granted(): void;
  /**
   * Coupa refused with this status. True when the right is missing: nothing that needs it is asked for an hour. False
   * while that is in doubt: it was there before, and a token that has just been revoked is refused in the same way.
   */
  refused(operation: string, status: number): boolean;
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
/** A right that was there before is taken for missing when it is refused for so long. */
const doubtMs = 60_000;

/** A right that is held until Coupa refuses (401 or 403: no document says which of the two it is). */
export function createRight({ missing, without, warn, now = Date.now }: RightOptions): Right {
  let missingUntilMs = -Infinity;
  let quietUntilMs = -Infinity;
  let wasGranted = false;
  let doubtedSinceMs: number | undefined;
  return {
    isMissing: () => now() < missingUntilMs,
    granted() {
      wasGranted = true;
      doubtedSinceMs = undefined;
    },
    refused(operation, status) {
      // Requests that were under way together are refused together.
      if (now() < missingUntilMs) return true;
      doubtedSinceMs ??= now();
      if (wasGranted && now() - doubtedSinceMs < doubtMs) return false;
      missingUntilMs = now() + pauseMs;
      warn(`Coupa refuses ${operation} (HTTP ${status}): ${missing}. For an hour ${without}.`);
      return true;
    },
    unusable(operation, status) {
      if (now() < quietUntilMs) return;
      quietUntilMs = now() + pauseMs;
      warn(`Coupa gives no usable answer to ${operation} (HTTP ${status ?? 'unknown'}): ${without}.`);
    },
  };
}
