import { setTimeout as delay } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Fault } from './faults.ts';
import type { SandboxEnv } from './sandbox-env.ts';
import { xmlAnswer } from './xml.ts';

/** How long a held-back request or body waits unless told. */
export const usualDelayMs = 1000;

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
        status: fault.status ?? 503,
        headers: withRetryAfter(fault, { 'Content-Type': 'text/html; charset=utf-8' }),
      });
    case 'redirect':
      return new Response(null, { status: 302, headers: { Location: fault.location ?? '/login' } });
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
    case 'empty':
      return new Response(null, { status: 200, headers: answer.headers });
    case 'slowBody':
      return slowly(answer, fault.delayMs ?? usualDelayMs);
    case 'otherResource':
      return otherResource(answer);
    default:
      return answer;
  }
}

/** The answer whose body stops half way for a while. */
async function slowly(answer: Response, delayMs: number): Promise<Response> {
  const body = Buffer.from(await answer.arrayBuffer());
  const middle = Math.floor(body.byteLength / 2);
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(body.subarray(0, middle));
      // Unreferenced: a held-back answer must not keep a closed sandbox alive.
      await delay(delayMs, undefined, { ref: false });
      try {
        controller.enqueue(body.subarray(middle));
        controller.close();
      } catch {
        // The client has hung up.
      }
    },
  });
  return new Response(stream, { status: answer.status, headers: answer.headers });
}

/** A good 200 about something else: the neighbour of what was asked for, or a single object instead of a list. */
async function otherResource(answer: Response): Promise<Response> {
  const parsed = z.looseObject({ id: z.number() }).safeParse(await answer.json().catch(() => undefined));
  return Response.json(
    parsed.success ? { ...parsed.data, id: parsed.data.id + 1 } : { id: 1, login: 'somebody' },
  );
}

/** Resets the connection, so that the client sees no answer. */
function cutConnection(c: Context<SandboxEnv>): Response {
  c.env.incoming.socket.resetAndDestroy();
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
