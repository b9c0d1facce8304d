import type { Context } from 'hono';
import type { FactChange } from '../contract/facts.ts';
import type { PurchaseRequestState } from '../contract/purchase-request.ts';
import type { StandingView } from './views.ts';
import type { ApiEnv } from './env.ts';
import { problemLine } from './problem-line.ts';
import { problems, problemType, type ProblemName } from './problems.ts';

/** One thing wrong with a request, and where: a JSON pointer into the body, or a parameter's name. */
export interface FieldProblem {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** Members of a problem beside the standard ones. */
export interface ProblemExtensions {
  readonly errors?: readonly FieldProblem[];
  readonly decision?: StandingView;
  readonly coupaStatus?: string;
  readonly changes?: readonly FactChange[];
  readonly words?: readonly string[];
  /** How a purchase request stands that does not wait for what was sent. */
  readonly state?: PurchaseRequestState;
  /** How many of how many people a message went out to. */
  readonly delivered?: { readonly sent: number; readonly of: number };
  readonly retryAfterSeconds?: number;
}

/** Thrown anywhere in a request to end it with a problem. `message` is told to the caller: no inner text in it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: ProblemName;
  readonly extensions: ProblemExtensions;

  constructor(problem: ProblemName, detail: string, extensions: ProblemExtensions = {}) {
    super(detail);
    this.problem = problem;
    this.extensions = extensions;
  }
}

/** 422 with every problem found, each with its place. */
export function invalid(errors: readonly FieldProblem[]): ProblemError {
  return new ProblemError('invalid', problemLine(errors), { errors });
}

/** 503 with `Retry-After`: nothing was taken, and the caller may try again. */
export function unavailable(detail: string, retryAfterSeconds: number): ProblemError {
  return new ProblemError('unavailable', detail, { retryAfterSeconds });
}

const coupaRetrySeconds = 15;

/** 503 where only Coupa could say, and does not. */
export function coupaSilent(detail: string): ProblemError {
  return unavailable(detail, coupaRetrySeconds);
}

/** The answer (RFC 9457), with `error` beside it: the one-line text that a plugin built from the guide shows. */
export function problemResponse(
  c: Context<ApiEnv>,
  { problem, message, extensions }: ProblemError,
): Response {
  const { status, title } = problems[problem];
  const { retryAfterSeconds } = extensions;
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds));
  const body = {
    type: problemType(problem),
    title,
    status,
    detail: message,
    instance: `urn:request:${c.var.requestId}`,
    error: message,
    ...extensions,
  };
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' });
}
