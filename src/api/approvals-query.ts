import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiEnv } from './env.ts';
import { cursorParameter, limitParameter } from './paging.ts';
import type { FieldProblem } from './problem-error.ts';
import { readId } from './refs.ts';
import { openStates, rowShape } from './shapes.ts';

/** The documents whose approvals are decided here. */
const decidedType = 'RequisitionHeader';

/** The query of `GET /approvals`. */
export const approvalsQuery = z.object({
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
  type: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9:]{0,63}$/,
      'Not a type of document as Coupa names them, such as ExpenseReport.',
    )
    .optional()
    .openapi({
      description:
        'Coupa’s `approvable-type`. Another one than `RequisitionHeader` lists what waits in Coupa by ascending id, 50 ' +
        'rows a page at most; such rows have no `state` and cannot be decided here.',
      example: 'ExpenseReport',
    }),
  limit: limitParameter,
  cursor: cursorParameter,
});

const requisitionRow = rowShape.extend({
  reference: z.string().optional().openapi({ description: 'For `/approvals/{ref}/approve` and `/reject`.' }),
});

/** A row that is only listed: Coupa's own keys. */
const documentRow = rowShape
  .pick({ id: true, 'approvable-id': true, status: true, 'updated-at': true })
  .extend({ 'approvable-type': z.string() })
  .openapi('DocumentRow');

/** One page of `GET /approvals`. */
export const approvalsPage = z.object({
  data: z.array(z.union([requisitionRow, documentRow])),
  next: z.string().optional().openapi({ description: '`cursor` of the next page; absent on the last one.' }),
});

/** The type of another document than those that are decided here; undefined for theirs. */
export function otherType(type: string | undefined): string | undefined {
  return type === decidedType ? undefined : type;
}

/** The problems that only show when the parameters are seen together. */
export function approvalsProblems(c: Context<ApiEnv>): Promise<FieldProblem[]> {
  const { type, state, cursor } = c.req.query();
  const other = otherType(type);
  if (other === undefined) return Promise.resolve([]);
  const problems: FieldProblem[] = [];
  if (state !== undefined) {
    const detail = `Only what is decided here has a state: leave it out, or ask for type=${decidedType}.`;
    problems.push({ parameter: 'state', detail });
  }
  if (cursor !== undefined && readId(cursor) === undefined) {
    problems.push({ parameter: 'cursor', detail: 'The cursor is none of ours. Start again without one.' });
  }
  return Promise.resolve(problems);
}
