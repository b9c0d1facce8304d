import { z } from 'zod';
import type { RequestProblem } from '../../contract/purchase-request.ts';
import { words, wordsSchema } from './scalars.ts';

const MAX_PROBLEMS = 50;
const MAX_CHARS = 300;

const text = wordsSchema(MAX_CHARS);
/** One error, by the names that SAP's services give its parts. */
const entrySchema = z.object({
  errorCode: text,
  ErrorCode: text,
  code: text,
  Code: text,
  id: text,
  errorMessage: text,
  ErrorMessage: text,
  message: text,
  Message: text,
  dataPath: text,
  FieldCode: text,
  source: text,
});

const statedSchema = z.object({ errors: z.unknown().optional(), error: z.unknown().optional() });

/** Everything that may hold an error in the body of an answer that is one. */
const refusalSchema = statedSchema.extend({
  code: z.unknown().optional(),
  validationErrors: z.unknown().optional(),
  StatusList: z.unknown().optional(),
  Error: z.unknown().optional(),
  Content: z.object({ Error: z.unknown().optional() }).optional().catch(undefined),
});

/** A line's place in a path such as `lineItems[0].quantity`, whose syntax SAP does not document. */
const LINE = /\blineItems(?:\[(\d{1,4})\]|[./](\d{1,4})(?![^./]))/i;

function lineIn(path: string | undefined): number | undefined {
  const [, bracketed, dotted] = LINE.exec(path ?? '') ?? [];
  const index = bracketed ?? dotted;
  return index === undefined ? undefined : Number(index) + 1;
}

function toProblem(entry: unknown): RequestProblem | undefined {
  if (typeof entry === 'string') {
    const message = words(entry, MAX_CHARS);
    return message === '' ? undefined : { code: 'refused', message };
  }
  const { data } = entrySchema.safeParse(entry);
  if (data === undefined) return undefined;
  const code = data.errorCode ?? data.ErrorCode ?? data.code ?? data.Code ?? data.id;
  const message = data.errorMessage ?? data.ErrorMessage ?? data.message ?? data.Message ?? code;
  if (message === undefined) return undefined;
  const path = data.dataPath ?? data.source ?? data.FieldCode;
  const line = lineIn(path);
  return {
    ...(line !== undefined && { line }),
    code: code ?? 'refused',
    message,
    ...(path !== undefined && { path }),
  };
}

/** Problems in values that are each an error, a text, or an array of them. */
function problemsAmong(values: readonly unknown[]): RequestProblem[] {
  const problems: RequestProblem[] = [];
  for (const entry of values.flatMap((value): readonly unknown[] =>
    Array.isArray(value) ? value : [value],
  )) {
    if (problems.length === MAX_PROBLEMS) break;
    const problem = toProblem(entry);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

/**
 * The problems that a body states as Purchase Request v4 does: `errors`, or `error` as its swagger file has it, an array
 * or one object. At most 50, their texts of 300 characters and one line each.
 */
export function statedProblems(body: unknown): RequestProblem[] {
  const { data } = statedSchema.safeParse(body);
  return data === undefined ? [] : problemsAmong([data.errors, data.error]);
}

/**
 * The problems in the body of a refusal, in whichever of SAP's shapes it comes: that of Purchase Request v4, OAuth's
 * `{code, error}`, List v4's `{error, validationErrors}`, v3's `{Message}` or `StatusList`, and the platform's
 * `Error.Message`. Empty where none of them is there. OAuth's `error_description` is left out: it can name a person.
 */
export function problemsIn(body: unknown): RequestProblem[] {
  if (Array.isArray(body)) return problemsAmong([body]);
  const { data } = refusalSchema.safeParse(body);
  if (data === undefined) return [];
  const { errors, error, validationErrors, StatusList, Error: platform, Content: content } = data;
  const oauth = typeof error === 'string' ? { code: data.code ?? error, message: error } : error;
  const found = problemsAmong([errors, oauth, validationErrors, StatusList, platform, content?.Error]);
  return found.length > 0 ? found : problemsAmong([body]);
}
