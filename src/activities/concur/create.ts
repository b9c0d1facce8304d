import type { ConcurClient } from '../../connectors/concur/types.ts';
import {
  ConnectorError,
  RefusedError,
  RetryableError,
  TerminalError,
  UnknownOutcomeError,
} from '../../connectors/http/errors.ts';
import { createTimes, type CreateInput, type CreateResult } from '../../contract/concur-work.ts';
import { purchaseRequestRef } from '../../contract/ids.ts';
import type { Problem } from '../../contract/observation.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';

/** The document with our mark before the caller's own comments, where whoever looks for it in Concur finds it. */
export function marked(document: PurchaseRequestDocument, id: string): PurchaseRequestDocument {
  const comments = [purchaseRequestRef(id), document.comments?.trim() ?? ''];
  return { ...document, comments: comments.filter((part) => part !== '').join(' ') };
}

/** It could not be sent in time, and was not. */
class TooLate extends Error {
  override readonly name = 'TooLate';
}

/**
 * Sends one purchase request and says what became of it. Rethrows what is no error of a connector: an unknown outcome
 * for whoever called (P5).
 *
 * @param options `attempt`: Temporal's count of the activity's runs; `signal`: ends the wait before the request is
 * sent, and never cuts it off once it is on the wire
 */
export async function create(
  concur: ConcurClient,
  { id, document, correlationId }: CreateInput,
  { attempt, signal: stop }: { readonly attempt: number; readonly signal: AbortSignal },
): Promise<CreateResult> {
  if (attempt > 1) {
    return { kind: 'unknown', trouble: problem('Repeated', 'it was begun before, and is never repeated') };
  }
  const { sendWithinMs } = createTimes;
  const begunAtMs = Date.now();
  const signal = AbortSignal.any([stop, AbortSignal.timeout(sendWithinMs)]);
  // By the wall clock: timers stand still while a machine sleeps, and come late where the process was held up.
  const beforeSend = (): void => {
    if (Date.now() - begunAtMs > sendWithinMs) throw new TooLate();
  };
  try {
    const options = { correlationId, signal, beforeSend };
    const answer = await concur.createPurchaseRequest(marked(document, id), options);
    return answer.kind === 'accepted'
      ? { kind: 'accepted', concurId: answer.id }
      : { kind: 'refused', problems: answer.problems };
  } catch (error) {
    // The http layer rethrows the signal's reason only of a write of which nothing was sent.
    if (error instanceof TooLate || (signal.aborted && error === signal.reason)) {
      const message = 'it was stopped before anything was sent to SAP Concur';
      return { kind: 'notCreated', access: false, trouble: problem('Stopped', message) };
    }
    return resultOf(error);
  }
}

/** What an error of the client means: its class alone says it. */
function resultOf(error: unknown): CreateResult {
  if (!(error instanceof ConnectorError)) throw error;
  const trouble = problem(error.name, error.message);
  if (error instanceof UnknownOutcomeError) return { kind: 'unknown', trouble };
  if (error instanceof RefusedError) {
    return { kind: 'refused', problems: error.words.map((message) => ({ code: 'refused', message })) };
  }
  if (error instanceof RetryableError) {
    const { retryAfterMs } = error;
    return {
      kind: 'notCreated',
      access: false,
      trouble,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  // A credential, a right or an address that somebody has to set right.
  if (error instanceof TerminalError) return { kind: 'notCreated', access: true, trouble };
  return { kind: 'unknown', trouble };
}

function problem(type: string, message: string): Problem {
  return { type, message };
}
