import { HTTPException } from 'hono/http-exception';

type ErrorStatus = 400 | 401 | 404 | 429;

/** An error as Moveworks answers it: `{"error": {"code", "message"}}`. */
export function moveworksError(status: ErrorStatus, code: string, message: string): HTTPException {
  return new HTTPException(status, { res: Response.json(errorBody(code, message), { status }) });
}

/** The body of an error. */
export function errorBody(code: string, message: string): { error: { code: string; message: string } } {
  return { error: { code, message } };
}

/** 400 with the code that Moveworks gives most faulty payloads. */
export function badRequest(message: string): HTTPException {
  return moveworksError(400, 'BAD_REQUEST', message);
}

/** The answer to a wrong credential, and to a key sent without `Bearer`. */
export function unauthorized(): HTTPException {
  return moveworksError(401, 'Unauthorized', 'Token validation failed');
}
