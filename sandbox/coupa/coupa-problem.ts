import { HTTPException } from 'hono/http-exception';

/** A validation error as Coupa answers it: 400 `{"errors": {"<object>": ["<message>"]}}`. */
export function validationError(object: string, message: string): HTTPException {
  return answer(400, { errors: { [object]: [message] } });
}

/** Coupa's answer for an id that it does not know: 404, `errors` a plain text. */
export function notFound(object: string): HTTPException {
  return answer(404, plainError(`${object} does not exist`));
}

/** 401 and 403; Coupa documents no body for them, so the plain form is assumed. */
export function accessError(status: 401 | 403 | 429, message: string): HTTPException {
  return answer(status, plainError(message));
}

/** The plain form of an error body. */
export function plainError(message: string): { errors: string } {
  return { errors: message };
}

function answer(status: 400 | 401 | 403 | 404 | 429, body: object): HTTPException {
  return new HTTPException(status, { res: Response.json(body, { status }) });
}
