import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Fault } from './faults.ts';
import type { SandboxEnv } from './sandbox-env.ts';
import { xmlAnswer } from './xml.ts';

const MAINTENANCE_PAGE =
  '<!doctype html><html><head><title>Scheduled maintenance</title></head>' +
  '<body>We are carrying out scheduled maintenance.</body></html>';

type ErrorBody = (status: number) => unknown;

/** The answer of a fault that keeps the request from having any effect; undefined for the other kinds. */
export function answerWithoutEffect(
  c: Context<SandboxEnv>,
  fault: Fault,
  errorBody: ErrorBody,
): Response | undefined {
  switch (fault.kind) {
    case 'status':
      return failure(fault, 500, errorBody);
    case 'dropBefore':
      return cutConnection(c);
    case 'html':
      return new Response(MAINTENANCE_PAGE, {
        status: 503,
        headers: withRetryAfter(fault, { 'Content-Type': 'text/html; charset=utf-8' }),
      });
    case 'redirect':
      return new Response(null, { status: 302, headers: { Location: '/login' } });
    default:
      return undefined;
  }
}

/** What becomes of the real answer once the effect stands. */
export async function answerAfterEffect(
  c: Context<SandboxEnv>,
  fault: Fault,
  answer: Response,
  errorBody: ErrorBody,
): Promise<Response> {
  switch (fault.kind) {
    case 'dropAfter':
      return cutConnection(c);
    case 'statusAfter':
      return failure(fault, 502, errorBody);
    case 'truncated': {
      const text = await answer.text();
      const { status, headers } = answer;
      // An answer without a body, a 204, cannot be built with one, not even an empty one.
      const half = text === '' ? null : text.slice(0, Math.floor(text.length / 2));
      return new Response(half, { status, headers });
    }
    case 'xml':
      return xmlAnswer(answer);
    default:
      return answer;
  }
}

/** Destroys the socket, so that the client sees a reset instead of an answer. */
function cutConnection(c: Context<SandboxEnv>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

function failure(fault: Fault, usualStatus: number, errorBody: ErrorBody): Response {
  const status = fault.status ?? usualStatus;
  // A response with status 204, 205 or 304 must not carry a body.
  const body = [204, 205, 304].includes(status) ? null : JSON.stringify(errorBody(status));
  return new Response(body, {
    status,
    headers: withRetryAfter(fault, { 'Content-Type': 'application/json; charset=utf-8' }),
  });
}

function withRetryAfter(fault: Fault, headers: Record<string, string>): Record<string, string> {
  return fault.retryAfter === undefined ? headers : { ...headers, 'Retry-After': fault.retryAfter };
}
