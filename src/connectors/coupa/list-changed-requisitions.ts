import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { LARGEST_PAGE, utcSeconds } from './list-page.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { idSchema } from './scalars.ts';

const OPERATION = 'GET /api/requisitions';

export interface ListChangedOptions extends ReadOptions {
  /** Inclusive, and blind for requisitions that changed without a new `updated-at` (P10). */
  readonly updatedSince: Date;
  /** Requisitions to leave out, since pages here go by count: what is touched moves to the front meanwhile. */
  readonly offset: number;
}

/**
 * Ids of requisitions that Coupa touched since a moment, the latest first, 50 at most; a shorter page is the last one.
 * Throws a TerminalError where a tenant refuses the list.
 */
export async function listChangedRequisitions(
  http: HttpRequest,
  { updatedSince, offset, ...options }: ListChangedOptions,
): Promise<number[]> {
  const answer = await http({
    method: 'GET',
    path: '/api/requisitions',
    operation: OPERATION,
    query: {
      'updated_at[gt_or_eq]': utcSeconds(updatedSince),
      order_by: 'updated_at',
      dir: 'desc',
      limit: LARGEST_PAGE,
      offset: offset === 0 ? undefined : offset,
      fields: '["id"]',
    },
    effect: 'read',
    ...options,
  });
  const rows = checkBody(z.array(z.object({ id: idSchema })), answer, {
    vendor: 'coupa',
    operation: OPERATION,
  });
  return rows.map(({ id }) => id);
}
