import type { LastComment } from '../../cards/content.ts';
import { orAborted } from '../../connectors/http/aborting.ts';
import { startDeadline } from '../../connectors/http/deadline.ts';
import { ConnectorError } from '../../connectors/http/errors.ts';

/** Reads the newest comment of a requisition; may fail in every way that a request can. */
export type ReadLastComment = (
  requisitionId: number,
  signal: AbortSignal,
) => Promise<LastComment | undefined>;

interface CommentReaderOptions {
  readonly read: ReadLastComment;
  /** Told why there is no comment, in words that hold no name and no text (P9): once an hour for each reason. */
  readonly warn: (reason: string) => void;
  /** How long a card waits for its comment, in milliseconds. */
  readonly timeoutMs?: number;
  /** Milliseconds of any epoch. */
  readonly now?: () => number;
}

const usualTimeoutMs = 8_000;
const warnEveryMs = 60 * 60_000;

/**
 * Makes reading a comment harmless: whatever goes wrong, within `timeoutMs` there is a comment or none, and never an
 * error, since a card that asks matters more than what it shows last (P7). The caller's abort ends the wait too.
 */
export function createCommentReader({
  read,
  warn,
  timeoutMs = usualTimeoutMs,
  now = Date.now,
}: CommentReaderOptions) {
  const warnedAtMs = new Map<string, number>();

  function warnOnce(reason: string): void {
    const lastMs = warnedAtMs.get(reason);
    if (lastMs !== undefined && now() - lastMs < warnEveryMs) return;
    warnedAtMs.set(reason, now());
    warn(reason);
  }

  return async (requisitionId: number, signal?: AbortSignal): Promise<LastComment | undefined> => {
    const deadline = startDeadline(timeoutMs, signal);
    try {
      const comment = await orAborted(read(requisitionId, deadline.signal), deadline.signal);
      return comment && { ...comment, text: withoutMarker(comment.text) };
    } catch (error) {
      const firedBy = deadline.firedBy();
      if (firedBy !== 'abort') warnOnce(firedBy ?? reasonOf(error));
      return undefined;
    } finally {
      deadline.end();
    }
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof ConnectorError) {
    return error.status === undefined ? error.name : `${error.name}, HTTP ${error.status}`;
  }
  return error instanceof Error ? error.name : 'unknown';
}

/** A decision of ours may show among the comments; the marker at its beginning tells people nothing. */
function withoutMarker(text: string): string {
  return text.replace(/^\s*\[cs [^\]]*\]\s*/, '');
}
