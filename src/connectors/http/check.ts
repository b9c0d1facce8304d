import type { z } from 'zod';
import { TerminalError } from './errors.ts';
import type { HttpAnswer } from './http-types.ts';

const MAX_PATHS = 5;

/**
 * The answer's body as the schema has it. Throws a TerminalError that names the failing paths, never their values
 * (P9): the vendor's shape has changed, and repeating the call cannot help.
 */
export function checkBody<T>(
  schema: z.ZodType<T>,
  answer: HttpAnswer,
  call: { readonly vendor: string; readonly operation: string },
): T {
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => issue.path.map(String).join('.') || '(root)');
  const shown = [...new Set(paths)].slice(0, MAX_PATHS).join(', ');
  throw new TerminalError(`the answer has not the expected shape at ${shown}; report this`, {
    ...call,
    status: answer.status,
    requestId: answer.requestId,
  });
}
