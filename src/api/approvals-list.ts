import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { createApproverDirectory } from './approver-directory.ts';
import type { ApiDeps, ResolvedUser } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { InvalidCursor } from './engine/engine.ts';
import { everyProblem } from './every-problem.ts';
import { rowsWithReferences } from './look-ups.ts';
import { invalid, unavailable } from './problem-error.ts';
import { problemResponses } from './problem-responses.ts';
import { readId } from './refs.ts';
import { openStates, rowShape } from './shapes.ts';

const query = z.object({
  approver: z
    .string()
    .max(254)
    .refine(
      (text) => readId(text) !== undefined || /^[^\s@]+@[^\s@]+$/.test(text.trim()),
      'Neither an e-mail address nor a Coupa user id.',
    )
    .optional()
    .openapi({
      type: 'string',
      description: 'Address or Coupa user id. Each row then carries a reference for that person.',
    }),
  state: z.enum(openStates).optional(),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .openapi({ type: 'integer', minimum: 1, maximum: 100 }),
  cursor: z.string().min(1).max(4_000).optional().openapi({ description: '`next` of the page before.' }),
});

const pageShape = z.object({
  data: z.array(
    rowShape.extend({
      reference: z
        .string()
        .optional()
        .openapi({ description: 'For `/approvals/{ref}/approve` and `/reject`.' }),
    }),
  ),
  next: z.string().optional().openapi({ description: '`cursor` of the next page; absent on the last one.' }),
});

const listRoute = createRoute({
  method: 'get',
  path: '/approvals',
  summary: 'What waits for a decision now, newest first',
  middleware: everyProblem({ query }),
  request: { query },
  responses: {
    200: { description: 'One page.', content: { 'application/json': { schema: pageShape } } },
    ...problemResponses('unauthorized', 'invalid', 'internal', 'unavailable'),
  },
});

const coupaRetrySeconds = 15;

/** `GET /approvals`. Changes nothing (P8), but that rows for a person are recorded as shown to that person. */
export function addApprovalsRoute(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { engine, now = () => new Date() } = deps;
  const lookUpAddress = createApproverDirectory(deps.resolveUser, now);

  const resolve = async (approver: string): Promise<ResolvedUser> => {
    const userId = readId(approver);
    if (userId !== undefined) return { kind: 'found', userId };
    return lookUpAddress(approver).catch(() => {
      throw unavailable(
        'Coupa cannot say for now whose address this is: try again, or send the Coupa user id.',
        coupaRetrySeconds,
      );
    });
  };

  app.openapi(listRoute, async (c) => {
    const { approver, state, limit, cursor } = c.req.valid('query');
    const person = approver === undefined ? undefined : await resolve(approver);
    if (person?.kind === 'none') return c.json({ data: [] }, 200);
    if (person?.kind === 'ambiguous') {
      const detail = 'Coupa knows several people under this address: send the Coupa user id instead.';
      throw invalid([{ parameter: 'approver', detail }]);
    }
    const page = await engine
      .list({
        ...(person === undefined ? {} : { approverUserId: person.userId }),
        ...(state === undefined ? {} : { state }),
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      .catch((error: unknown) => {
        if (!(error instanceof InvalidCursor)) throw error;
        throw invalid([{ parameter: 'cursor', detail: `${error.message} Start again without one.` }]);
      });
    // One that has just ended may still be listed as open for a moment.
    const waiting = page.rows.filter(({ memo }) => memo?.state !== 'closed');
    const data =
      person === undefined
        ? waiting.flatMap(({ memo }) => memo?.row ?? [])
        : await rowsWithReferences(deps, person.userId, waiting);
    return c.json({ data, ...(page.cursor === undefined ? {} : { next: page.cursor }) }, 200);
  });
}
