import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { personSchema } from './person-schema.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { idSchema, nullableTextSchema, textSchema } from './scalars.ts';

const OPERATION = 'GET /api/requisitions/:id/comments';

/** The scope that reading comments needs. */
export const LAST_COMMENT_SCOPE = 'core.comment.read';

/** A comment on a requisition. `author` is null where Coupa does not say who wrote it. */
export interface CoupaComment {
  readonly author: string | null;
  readonly text: string;
}

const commentSchema = z.object({
  id: idSchema,
  comments: textSchema,
  'created-at': nullableTextSchema,
  'created-by': personSchema.nullish().catch(null),
});
type RawComment = z.output<typeof commentSchema>;

/** A row that cannot be read is passed over, rather than hide the others. */
const commentsSchema = z.array(commentSchema.nullable().catch(null));

/**
 * The newest comment on a requisition, undefined when there is none. Coupa documents no order of its own, so the
 * newest are asked for first and picked out here, by date and then by id. Mentions (`@[User:101]`) name a person by
 * number only and are left out.
 */
export async function lastComment(
  http: HttpRequest,
  requisitionId: number,
  options: ReadOptions = {},
): Promise<CoupaComment | undefined> {
  const answer = await http({
    method: 'GET',
    path: `/api/requisitions/${requisitionId}/comments`,
    operation: OPERATION,
    query: {
      order_by: 'id',
      dir: 'desc',
      limit: 50,
      fields:
        '["id","comments","created-at",{"created-by":["id","login","email","fullname","firstname","lastname"]}]',
    },
    effect: 'read',
    ...options,
  });
  const rows = checkBody(commentsSchema, answer, { vendor: 'coupa', operation: OPERATION });
  const newest = rows
    .filter((row) => row !== null)
    .filter((row) => textOf(row) !== '')
    .reduce<RawComment | undefined>((best, row) => (best && isNewer(best, row) ? best : row), undefined);
  return newest && { author: newest['created-by']?.fullname ?? null, text: textOf(newest) };
}

/** Whether `a` is newer than `b`; a row without a readable date counts as the oldest. */
function isNewer(a: RawComment, b: RawComment): boolean {
  const [atA, atB] = [instantOf(a), instantOf(b)];
  return atA === atB ? a.id > b.id : atA > atB;
}

function instantOf(row: RawComment): number {
  const ms = Date.parse(row['created-at'] ?? '');
  return Number.isNaN(ms) ? -Infinity : ms;
}

function textOf(row: RawComment): string {
  return (row.comments ?? '').replace(/@\[User:\d+\]/g, ' ').trim();
}
