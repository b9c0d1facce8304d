import { z } from 'zod';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import { TerminalError, UnknownOutcomeError } from '../http/errors.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-types.ts';
import { CORRELATION_ID } from './connection.ts';
import { problemsIn, statedProblems } from './problems.ts';
import { requestBody, type UomField } from './request-body.ts';
import type { ConcurCreateAnswer } from './types.ts';

const PATH = '/purchaserequest/v4/purchaserequests';
const OPERATION = `POST ${PATH}`;
/** By these Concur, or the gateway before it, says no to this very request. */
const REFUSALS = [400, 404, 409, 413, 415, 422];
/** By these it says that it did not even look at the request, which somebody has to set right. */
const NOT_LOOKED_AT = [401, 403, 405, 410, 411, 412, 414, 421, 431];

/** An id that fits into a path; SAP's samples show a UUID. */
const createdSchema = z.object({ id: z.string().regex(/^(?!\.{1,2}$)[\x21-\x7e]{1,128}$/) });

export interface CreateOptions {
  /** A UUID, sent with every attempt. */
  readonly correlationId: string;
  readonly signal?: AbortSignal | undefined;
  readonly beforeSend?: (() => void) | undefined;
}

/**
 * Creates a purchase request (`POST /purchaserequest/v4/purchaserequests`), which Concur submits by itself. Any 2xx with
 * an id is a yes: the page says 202, the swagger file 200. The answer's `uri` is not looked at: SAP's sample has a plain
 * http address there, to which no token may go.
 *
 * Throws an UnknownOutcomeError where it may exist (P5); after every other error nothing was created.
 */
export async function createPurchaseRequest(
  http: HttpRequest,
  uomField: UomField,
  document: PurchaseRequestDocument,
  { correlationId, signal, beforeSend }: CreateOptions,
): Promise<ConcurCreateAnswer> {
  const answer = await send(http, {
    method: 'POST',
    path: PATH,
    operation: OPERATION,
    headers: { [CORRELATION_ID]: correlationId },
    json: requestBody(document, uomField),
    effect: 'write',
    accept: REFUSALS,
    signal,
    beforeSend,
    // The activity's time runs while it waits: a flood of reads must not use it up.
    priority: 'decide',
  });
  const { status, body, requestId } = answer;
  if (status >= 400) return { kind: 'refused', status, problems: problemsIn(body) };
  const created = createdSchema.safeParse(body);
  if (created.success) return { kind: 'accepted', id: created.data.id };
  const problems = statedProblems(body);
  if (problems.length > 0) return { kind: 'refused', status, problems };
  throw new UnknownOutcomeError(
    `HTTP ${status}, the answer has neither an id nor errors; look for it before repeating`,
    { vendor: 'concur', operation: OPERATION, status, requestId },
  );
}

/**
 * A redirect may stand for "done, see there" as well as for "not here", and a 406, or a status that a gateway made up,
 * may come after the request was carried out: none of them is a word that nothing happened (P5).
 */
async function send(http: HttpRequest, call: Parameters<HttpRequest>[0]): Promise<HttpAnswer> {
  try {
    return await http(call);
  } catch (error) {
    if (!(error instanceof TerminalError) || error.operation !== OPERATION) throw error;
    const { status, requestId } = error;
    if (status === undefined || NOT_LOOKED_AT.includes(status)) throw error;
    const what = status < 400 ? 'a redirect, which is not followed' : 'which says nothing certain';
    throw new UnknownOutcomeError(`HTTP ${status}, ${what}; look for it before repeating`, {
      vendor: 'concur',
      operation: OPERATION,
      status,
      requestId,
    });
  }
}
