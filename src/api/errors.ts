import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ApiLogger } from './deps.ts';
import { EngineUnavailable } from './engine/engine.ts';
import type { ApiEnv } from './env.ts';
import { ProblemError, problemResponse, unavailable } from './problem-error.ts';

/** Temporal is expected back within seconds (a restart, a fail-over). */
const engineRetrySeconds = 5;

function problemOf(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof EngineUnavailable) {
    return unavailable(
      'This cannot be done for now. Nothing is known to be taken: try again, under the same Idempotency-Key if there is one.',
      engineRetrySeconds,
    );
  }
  if (error instanceof HTTPException && error.status === 415) {
    return new ProblemError('unsupported-media-type', 'Send the body as application/json, or send none.');
  }
  return undefined;
}

/** Where in our code it happened, without the message, which may quote what was sent (P9). */
function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8);
}

/** Turns whatever ended a request into a problem. An unexpected error tells the caller nothing but its request's id. */
export function onError(logger: ApiLogger) {
  return (error: Error, c: Context<ApiEnv>): Response => {
    const { requestId } = c.var;
    if (error instanceof EngineUnavailable) {
      logger.warn({ requestId, reason: error.reason }, 'Temporal did not answer');
    }
    const problem = problemOf(error);
    if (problem !== undefined) return problemResponse(c, problem);
    logger.error({ requestId, error: error.name, frames: framesOf(error) }, 'unexpected error');
    return problemResponse(
      c,
      new ProblemError('internal', 'Something went wrong here; the log has more under this request id.'),
    );
  };
}

/** 404 for a path that no route has. */
export function notFound(c: Context<ApiEnv>): Response {
  return problemResponse(
    c,
    new ProblemError('not-found', 'There is no such path; /openapi.json lists them all.'),
  );
}

/** 405 with `Allow`, for a path that other methods have. */
export function methodNotAllowed(c: Context<ApiEnv>, allowed: string[]): Response {
  const allow = allowed.join(', ');
  c.header('Allow', allow);
  return problemResponse(c, new ProblemError('method-not-allowed', `This path takes ${allow}.`));
}
