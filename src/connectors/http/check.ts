import type { z } from 'zod';
import { RetryableError, TerminalError, type ErrorFacts } from './errors.ts';
import type { HttpAnswer } from './http-types.ts';

const MAX_PATHS = 5;

interface CheckedCall {
  readonly vendor: string;
  readonly operation: string;
}

/**
 * The answer's body as the schema has it. Throws a TerminalError that names the failing paths, never their values
 * (P9): the vendor's shape has changed, and repeating the call cannot help. A body that is missing altogether is no
 * shape: a RetryableError, since something on the way has lost it.
 */
export function checkBody<T>(schema: z.ZodType<T>, answer: HttpAnswer, call: CheckedCall): T {
  if (answer.body === undefined)
    throw new RetryableError('an empty answer came; try again', factsOf(answer, call));
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => issue.path.map(String).join('.') || '(root)');
  const shown = [...new Set(paths)].slice(0, MAX_PATHS).join(', ');
  throw new TerminalError(
    `the answer has not the expected shape at ${shown}; report this`,
    factsOf(answer, call),
  );
}

/**
 * Throws a RetryableError unless the answer is about what was asked for: a mixed-up cache on the way must not let one
 * thing be decided on the facts of another (P4).
 */
export function checkAsked(isAsked: boolean, answer: HttpAnswer, call: CheckedCall): void {
  if (isAsked) return;
  throw new RetryableError(
    'the answer is about another id than was asked for; try again',
    factsOf(answer, call),
  );
}

function factsOf(answer: HttpAnswer, call: CheckedCall): ErrorFacts {
  return { ...call, status: answer.status, requestId: answer.requestId };
}
