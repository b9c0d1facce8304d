import type { ConcurClient } from '../../connectors/concur/types.ts';
import {
  ConnectorError,
  RefusedError,
  RetryableError,
  TerminalError,
  UnknownOutcomeError,
} from '../../connectors/http/errors.ts';
import type { CreateInput, CreateResult } from '../../contract/concur-work.ts';
import { purchaseRequestRef } from '../../contract/ids.ts';
import type { Problem } from '../../contract/observation.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';

/**
 * From then on nothing is sent any more: an answer takes 60 s at the most (SAP), and both together stay below the
 * activity's 3 minutes, so that no time-out strikes while a request is on the wire.
 */
const sendWithinMs = 100_000;

/** The document with our mark before the caller's own comments, where whoever looks for it in Concur finds it. */
export function marked(document: PurchaseRequestDocument, id: string): PurchaseRequestDocument {
  const comments = [purchaseRequestRef(id), document.comments?.trim() ?? ''];
  return { ...document, comments: comments.filter((part) => part !== '').join(' ') };
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
  const signal = AbortSignal.any([stop, AbortSignal.timeout(sendWithinMs)]);
  try {
    const answer = await concur.createPurchaseRequest(marked(document, id), { correlationId, signal });
    return answer.kind === 'accepted'
      ? { kind: 'accepted', concurId: answer.id }
      : { kind: 'refused', problems: answer.problems };
  } catch (error) {
    // The http layer rethrows the signal's reason only of a write of which nothing was sent.
    if (signal.aborted && error === signal.reason) {
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
