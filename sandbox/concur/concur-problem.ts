import { randomUUID } from 'node:crypto';
import { HTTPException } from 'hono/http-exception';
import type { RequestError } from './options.ts';

/**
 * An error of the platform: Concur documents `Error` with `Message`, `Server-Time` and `Id`, and for purchase requests
 * no body but the one of a refused create.
 */
export function platformError(status: 400 | 401 | 403 | 404, message: string): HTTPException {
  return new HTTPException(status, { res: Response.json(platformBody(message), { status }) });
}

/** The body of an error of the platform. */
export function platformBody(message: string): object {
  return { Error: { Message: message, 'Server-Time': new Date().toISOString(), Id: randomUUID() } };
}

/** The answer to a create that is refused: all that is wrong with it at once. */
export function refusedCreate(errors: readonly RequestError[], wrapper: 'errors' | 'error'): Response {
  return Response.json({ [wrapper]: errors }, { status: 400 });
}

const phrases = { 400: 'Bad Request', 404: 'Not Found' };

/** An error of the List API, which has a shape of its own. */
export function listError(status: 400 | 404, path: string, message: string): HTTPException {
  const phrase = phrases[status];
  const body = {
    timestamp: new Date().toISOString(),
    httpStatus: `${status} - ${phrase}`,
    error: { id: phrase.replaceAll(' ', '').replace(/^./, (letter) => letter.toLowerCase()), message },
    path,
  };
  return new HTTPException(status, { res: Response.json(body, { status }) });
}
