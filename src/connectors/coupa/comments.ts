import { z } from 'zod';
import { checkBody } from '../http/check.ts';
import { TerminalError } from '../http/errors.ts';
import type { HttpRequest } from '../http/http-types.ts';
import type { ReadOptions } from '../http/read-options.ts';
import { LARGEST_PAGE } from './list-page.ts';
import { idSchema, textSchema } from './scalars.ts';

const LIST = 'GET /api/requisitions/:id/comments';
const ADD = 'POST /api/requisitions/:id/comments';

/** The scopes that reading and writing comments need. */
export const READ_COMMENTS_SCOPE = 'core.comment.read';
export const WRITE_COMMENTS_SCOPE = 'core.comment.write';

/** Pages of one requisition's comments: 1,000 of them. */
const MOST_PAGES = 20;

/** A comment on a requisition, by its id, which ascends. */
export interface CoupaNote {
  readonly id: number;
  readonly text: string;
}

const notesSchema = z.array(z.object({ id: idSchema, comments: textSchema }));

/**
 * All comments on a requisition by ascending id, one request for each 50. Throws a TerminalError where they are more
 * than 1,000 or do not come in the order that was asked for: whoever looks for a comment must not miss it.
 */
export async function listComments(
  http: HttpRequest,
  requisitionId: number,
  options: ReadOptions = {},
): Promise<CoupaNote[]> {
  const call = { vendor: 'coupa', operation: LIST };
  const found: CoupaNote[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const after = found.at(-1)?.id;
    const answer = await http({
      method: 'GET',
      path: `/api/requisitions/${requisitionId}/comments`,
      operation: LIST,
      query: {
        'id[gt]': after,
        order_by: 'id',
        dir: 'asc',
        limit: LARGEST_PAGE,
        fields: '["id","comments"]',
      },
      effect: 'read',
      ...options,
    });
    const rows = checkBody(notesSchema, answer, call);
    for (const { id, comments } of rows) {
      if (id <= (found.at(-1)?.id ?? -1)) {
        const facts = { ...call, status: answer.status, requestId: answer.requestId };
        throw new TerminalError('the comments do not come in the order of their ids; report this', facts);
      }
      found.push({ id, text: comments ?? '' });
    }
    if (rows.length < LARGEST_PAGE) return found;
  }
  throw new TerminalError('a requisition has more comments than can be looked through', {
    ...call,
    status: 200,
  });
}

/**
 * Writes a comment on a requisition (`POST`, body `{comments}`); its author is the API client's user. Any 2xx is taken.
 * Throws an UnknownOutcomeError when it may have been written: read the comments before it is repeated (P5).
 */
export async function addComment(
  http: HttpRequest,
  requisitionId: number,
  text: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  await http({
    method: 'POST',
    path: `/api/requisitions/${requisitionId}/comments`,
    operation: ADD,
    json: { comments: text },
    effect: 'write',
    ...options,
  });
}
