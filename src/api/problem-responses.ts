import { z } from '@hono/zod-openapi';
import { problems, problemType, type ProblemName } from './problems.ts';
import { purchaseRequestState } from './purchase-requests/shapes.ts';
import { factChangeView, standingView } from './views.ts';

const fieldProblemShape = z.object({
  pointer: z.string().optional().openapi({ description: 'JSON pointer into the body.' }),
  parameter: z.string().optional().openapi({ description: 'Name in the path, the query or the headers.' }),
  detail: z.string(),
});

const problemShape = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    error: z.string().openapi({ description: 'The same as `detail`, for callers that show one line.' }),
    errors: z.array(fieldProblemShape).optional(),
    decision: standingView.optional(),
    coupaStatus: z.string().optional(),
    changes: z.array(factChangeView).optional(),
    words: z.array(z.string()).optional().openapi({ description: "The vendor's own words." }),
    state: purchaseRequestState.optional().openapi({ description: 'How the purchase request stands.' }),
    delivered: z
      .object({ sent: z.number().int(), of: z.number().int() })
      .optional()
      .openapi({ description: 'How many of how many people a message went out to.' }),
    retryAfterSeconds: z.number().int().optional(),
  })
  .openapi('Problem');

/** A problem of one of these kinds, by its `type`. */
function problemOf(types: readonly string[]) {
  return problemShape.extend({ type: z.enum(types) });
}

interface ProblemAnswer {
  description: string;
  content: { 'application/problem+json': { schema: ReturnType<typeof problemOf> } };
}
type Answers<N extends ProblemName> = { [K in N as (typeof problems)[K]['status']]: ProblemAnswer };

/** OpenAPI responses for these kinds of problem, one a status: what a route declares beside its success. */
export function problemResponses<N extends ProblemName>(...names: N[]): Answers<N> {
  const entries = names.map((name) => {
    const { status } = problems[name];
    const kinds = names.filter((other) => problems[other].status === status);
    const description = kinds.map((kind) => `\`${problemType(kind)}\`: ${problems[kind].title}.`).join(' ');
    const schema = problemOf(kinds.map(problemType));
    return [status, { description, content: { 'application/problem+json': { schema } } }];
  });
  return Object.fromEntries(entries) as Answers<N>;
}
