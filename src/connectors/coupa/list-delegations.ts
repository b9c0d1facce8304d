import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import { TerminalError } from '../http/errors.ts';
import type { HttpRequest } from '../http/http-types.ts';
import { readDelegation } from './delegation-schema.ts';
import { LARGEST_PAGE } from './list-page.ts';
import { USER_FIELDS } from './person-schema.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { idSchema } from './scalars.ts';
import type { CoupaDelegation } from './types.ts';

const OPERATION = 'GET /api/delegations';
/** 20,000 delegations: more than that is an answer that never ends. */
const MAX_PAGES = 400;

const FIELDS = JSON.stringify([
  'id',
  'approval-delegate',
  'start-date',
  'end-date',
  'delegator-id',
  'delegate-id',
  { delegator: ['id'] },
  { delegate: USER_FIELDS },
]);

const rowSchema = z.looseObject({ id: idSchema });

/**
 * Every delegation of the tenant, past and future ones too, page after page by ascending id. One that cannot be read
 * is left out: it gives nobody a right. Throws a TerminalError when the pages do not go on as they should: part of the
 * list must not pass for the whole.
 */
export async function listDelegations(
  http: HttpRequest,
  options: ReadOptions = {},
): Promise<CoupaDelegation[]> {
  const found: CoupaDelegation[] = [];
  let afterId = 0;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await http({
      method: 'GET',
      path: '/api/delegations',
      operation: OPERATION,
      query: { 'id[gt]': afterId, order_by: 'id', dir: 'asc', limit: LARGEST_PAGE, fields: FIELDS },
      effect: 'read',
      ...options,
    });
    const rows = checkBody(z.array(rowSchema), answer, { vendor: 'coupa', operation: OPERATION });
    const ids = rows.map(({ id }) => id);
    if (ids.some((id, index) => id <= (ids[index - 1] ?? afterId))) throw endless(answer.status);
    found.push(...rows.map(readDelegation).filter((each) => each !== undefined));
    if (rows.length < LARGEST_PAGE) return found;
    afterId = ids.at(-1) ?? afterId;
  }
  throw endless(undefined);
}

function endless(status: number | undefined): TerminalError {
  return new TerminalError('the pages of the list do not follow one another; report this', {
    vendor: 'coupa',
    operation: OPERATION,
    status,
  });
}
