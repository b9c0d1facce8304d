import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { approvalsPage, approvalsProblems, approvalsQuery, otherType } from './approvals-query.ts';
import { createApproverDirectory } from './approver-directory.ts';
import type { ApiDeps, ResolvedUser } from './deps.ts';
import { documentsPage } from './documents-page.ts';
import type { ApiEnv } from './env.ts';
import { everyProblem } from './every-problem.ts';
import { rowsWithReferences } from './look-ups.ts';
import { orCursorProblem } from './paging.ts';
import { coupaSilent, invalid } from './problem-error.ts';
import { problemResponses } from './problem-responses.ts';
import { readId } from './refs.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/approvals',
  summary: 'What waits for a decision now, newest first',
  middleware: everyProblem({ query: approvalsQuery }, approvalsProblems),
  request: { query: approvalsQuery },
  responses: {
    200: { description: 'One page.', content: { 'application/json': { schema: approvalsPage } } },
    ...problemResponses('unauthorized', 'invalid', 'internal', 'unavailable'),
  },
});

/**
 * `GET /approvals`. Changes nothing (P8), but that rows for a person are recorded as shown to that person. Rows of
 * other documents than requisitions come straight from Coupa and are recorded nowhere.
 */
export function addApprovalsRoute(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { engine, now = () => new Date() } = deps;
  const directory = createApproverDirectory(deps, now);

  const resolve = async (approver: string): Promise<ResolvedUser> => {
    const userId = readId(approver);
    if (userId !== undefined) return { kind: 'found', userId };
    return directory.userOf(approver).catch(() => {
      throw coupaSilent(
        'Coupa cannot say for now whose address this is: try again, or send the Coupa user id.',
      );
    });
  };

  app.openapi(listRoute, async (c) => {
    const { approver, state, type, limit, cursor } = c.req.valid('query');
    const person = approver === undefined ? undefined : await resolve(approver);
    if (person?.kind === 'none') return c.json({ data: [] }, 200);
    if (person?.kind === 'ambiguous') {
      const detail = 'Coupa knows several people under this address: send the Coupa user id instead.';
      throw invalid([{ parameter: 'approver', detail }]);
    }
    const other = otherType(type);
    if (other !== undefined) {
      return c.json(await documentsPage(deps, { type: other, userId: person?.userId, limit, cursor }), 200);
    }
    const whose =
      person === undefined
        ? {}
        : { approverUserId: person.userId, approverGroups: await directory.groupsOf(person.userId) };
    const page = await orCursorProblem(
      engine.list({
        ...whose,
        ...(state === undefined ? {} : { state }),
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    // One that has just ended may still be listed as open for a moment.
    const waiting = page.rows.filter(({ memo }) => memo?.state !== 'closed');
    const data =
      person === undefined
        ? waiting.flatMap(({ memo }) => memo?.row ?? [])
        : await rowsWithReferences(deps, person.userId, waiting);
    return c.json({ data, ...(page.cursor === undefined ? {} : { next: page.cursor }) }, 200);
  });
}
