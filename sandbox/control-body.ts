import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { SandboxEnv } from './sandbox-env.ts';

/**
 * The JSON body of a control route, checked; an empty body counts as `{}`.
 * Throws the 400 answer `{problems: [{path, message}]}` that lists everything wrong with it.
 */
export async function controlBody<Schema extends z.ZodType>(
  c: Context<SandboxEnv>,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const text = await c.req.text();
  let body: unknown = {};
  if (text.trim() !== '') {
    try {
      body = JSON.parse(text);
    } catch {
      throw controlProblem(400, 'the body is not JSON');
    }
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw problems(
    400,
    result.error.issues.map((issue) => ({ path: z.core.toDotPath(issue.path), message: issue.message })),
  );
}

/** The answer of a control route that cannot do what it was asked. */
export function controlProblem(status: 400 | 404, message: string): HTTPException {
  return problems(status, [{ path: '', message }]);
}

/** The id in a control route's path; throws its 404 when it is no number. */
export function controlId(c: Context<SandboxEnv>): number {
  const id = c.req.param('id') ?? '';
  if (!/^\d{1,15}$/.test(id)) throw controlProblem(404, `no such id: ${id}`);
  return Number(id);
}

function problems(status: 400 | 404, list: { path: string; message: string }[]): HTTPException {
  return new HTTPException(status, { res: Response.json({ problems: list }, { status }) });
}
