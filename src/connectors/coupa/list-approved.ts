import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import { TerminalError } from '../http/errors.ts';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { LARGEST_PAGE, utcSeconds } from './list-page.ts';
import { ORDERABLE_LIST_FIELDS, orderableSchema, type CoupaOrderable } from './orderable.ts';
import { idSchema } from './scalars.ts';

const OPERATION = 'GET /api/requisitions';
/** More unreadable rows than these and not a readable one: it is no row that is broken, but the shape is another. */
const MOST_BROKEN = 3;

export interface ListApprovedOptions extends ReadOptions {
  /** Requisitions with a greater id only: pages go by key, since by offset a shrinking set skips rows. */
  readonly afterId: number;
  /** Inclusive, and blind for requisitions that changed without a new `updated-at` (P10). */
  readonly updatedSince?: Date | undefined;
}

/** One page of approved requisitions. `last`: the highest id of the page, absent after the last page. */
export interface ApprovedPage {
  readonly rows: readonly CoupaOrderable[];
  /** Ids of those that are in no shape that says anything. */
  readonly unreadable: readonly number[];
  readonly last?: number;
}

/**
 * One page of the requisitions whose status is `approved`, by ascending id. A row that cannot be read is left out
 * without ending the list. Throws a TerminalError where a tenant refuses the list or does not go by `id[gt]` and
 * `order_by`: to go on from such a page would leave requisitions out, unnoticed (P10).
 */
export async function listApproved(
  http: HttpRequest,
  { afterId, updatedSince, ...options }: ListApprovedOptions,
): Promise<ApprovedPage> {
  const answer = await http({
    method: 'GET',
    path: '/api/requisitions',
    operation: OPERATION,
    query: {
      status: 'approved',
      'id[gt]': afterId,
      'updated_at[gt_or_eq]': updatedSince && utcSeconds(updatedSince),
      order_by: 'id',
      dir: 'asc',
      limit: LARGEST_PAGE,
      fields: ORDERABLE_LIST_FIELDS,
    },
    effect: 'read',
    ...options,
  });
  const call = { vendor: 'coupa', operation: OPERATION };
  const found = checkBody(z.array(z.looseObject({ id: idSchema })), answer, call);
  const read = found.map((row) => orderableSchema.safeParse(row).data);
  const rows = read.filter((row) => row !== undefined);
  const unreadable = found.flatMap(({ id }, index) => (read[index] === undefined ? [id] : []));
  if (found.length > MOST_BROKEN && rows.length === 0) checkBody(z.array(orderableSchema), answer, call);
  const follows = found.every(({ id }, index) => id > (found[index - 1]?.id ?? afterId));
  if (!follows) {
    throw new TerminalError(
      'the pages of approved requisitions do not follow one another; report this',
      call,
    );
  }
  const last = found.length < LARGEST_PAGE ? undefined : found.at(-1)?.id;
  return { rows, unreadable, ...(last === undefined ? {} : { last }) };
}
