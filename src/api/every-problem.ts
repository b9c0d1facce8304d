import { createMiddleware } from 'hono/factory';
import type { Context } from 'hono';
import type { z } from '@hono/zod-openapi';
import type { ApiEnv } from './env.ts';
import { issueWords, parameterWords } from './issue-words.ts';
import { pointerOf } from './pointer.ts';
import { invalid, type FieldProblem } from './problem-error.ts';
import { bodyOf } from './request-body.ts';

/** The request's schemas, as a route declares them. */
interface Shapes {
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly headers?: z.ZodType;
  readonly body?: { readonly content: { readonly 'application/json': { readonly schema: z.ZodType } } };
}

type Issue = Pick<z.core.$ZodIssue, 'path' | 'message'>;

/** A check beyond the schemas: it sees the request before anything is known to be right. */
type Check = (c: Context<ApiEnv>) => Promise<readonly FieldProblem[]>;

function singles(lists: Record<string, string[]>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(lists).map(([name, values]) => {
      const [first] = values;
      return [name, first !== undefined && values.length === 1 ? first : values];
    }),
  );
}

/** Of members that a schema does not know, as many as anybody mistypes; the rest are counted. */
const maxUnknown = 100;

/** One issue for each member that is not known, at its own place. */
function placesOf(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  const { path, message, keys } = issue;
  const rest = keys.length - maxUnknown;
  return [
    ...keys.slice(0, maxUnknown).map((key) => ({ path: [...path, key], message })),
    ...(rest > 0 ? [{ path, message: `${message} There are ${rest} more such fields.` }] : []),
  ];
}

function issuesOf(
  shape: z.ZodType | undefined,
  value: unknown,
  words: z.core.$ZodErrorMap = parameterWords,
): Issue[] {
  return shape?.safeParse(value, { error: words }).error?.issues.flatMap(placesOf) ?? [];
}

/**
 * Answers 422 with every problem of a request at once, each with its place. The router's own validators stop
 * at the first part that fails (path, query, headers, body); behind this one they have nothing left to find.
 */
export function everyProblem(shapes: Shapes, check: Check = () => Promise.resolve([])) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const parameters = [
      ...issuesOf(shapes.params, c.req.param()),
      ...issuesOf(shapes.query, singles(c.req.queries())),
      ...issuesOf(shapes.headers, c.req.header()),
    ];
    const inBody =
      shapes.body === undefined
        ? []
        : issuesOf(shapes.body.content['application/json'].schema, await bodyOf(c), issueWords);
    const found = [
      ...parameters.map(({ path, message }) => ({ parameter: path.join('.'), detail: message })),
      ...inBody.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message })),
      ...(await check(c)),
    ];
    if (found.length > 0) throw invalid(found);
    return next();
  });
}
