import type { Context } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { notFound } from './coupa-problem.ts';
import { slim } from './fields.ts';

/** Answers 200 with what the request's `fields` leaves of the body. */
export function answer(c: Context<SandboxEnv>, body: unknown): Response {
  return Response.json(slim(body, paramsOf(c)));
}

/** The query parameters, repeated ones included. */
export function paramsOf(c: Context<SandboxEnv>): URLSearchParams {
  return new URL(c.req.url).searchParams;
}

/** The id in the path; NaN, which no object has, when it is no number. */
export function pathId(c: Context<SandboxEnv>): number {
  return Number(c.req.param('id'));
}

/** The row itself; throws Coupa's 404 when there is none. */
export function found<Row>(row: Row | undefined, object: string): Row {
  if (row === undefined) throw notFound(object);
  return row;
}
