import { createMiddleware } from 'hono/factory';
import type { Context } from 'hono';
import type { z } from '@hono/zod-openapi';
import type { ApiEnv } from './env.ts';
import { invalid, type FieldProblem } from './problem-error.ts';
import { bodyOf } from './request-body.ts';

/** The request's schemas, as a route declares them. */
interface Shapes {
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly headers?: z.ZodType;
  readonly body?: { readonly content: { readonly 'application/json': { readonly schema: z.ZodType } } };
}

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

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function issuesOf(shape: z.ZodType | undefined, value: unknown): z.core.$ZodIssue[] {
  return shape?.safeParse(value).error?.issues ?? [];
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
        : issuesOf(shapes.body.content['application/json'].schema, await bodyOf(c));
    const found = [
      ...parameters.map(({ path, message }) => ({ parameter: path.join('.'), detail: message })),
      ...inBody.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message })),
      ...(await check(c)),
    ];
    if (found.length > 0) throw invalid(found);
    return next();
  });
}
