import { LARGEST_PAGE } from '../connectors/coupa/list-page.ts';
import type { ApiDeps, DocumentRow } from './deps.ts';
import { coupaSilent } from './problem-error.ts';

/**
 * One page of what waits in Coupa of another type of document. The cursor is the last id, so that rows that are
 * decided meanwhile make no other one skipped. Throws 503 when Coupa cannot say.
 */
export async function documentsPage(
  { documents }: Pick<ApiDeps, 'documents'>,
  asked: { type: string; userId: number | undefined; limit: number; cursor: string | undefined },
): Promise<{ data: DocumentRow[]; next?: string }> {
  const { type, userId, cursor } = asked;
  const limit = Math.min(asked.limit, LARGEST_PAGE);
  const rows = await documents({
    type,
    ...(userId === undefined ? {} : { approverUserId: userId }),
    ...(cursor === undefined ? {} : { afterId: Number(cursor) }),
    limit,
  }).catch(() => {
    throw coupaSilent(`Coupa cannot list documents of type ${type} for now, or its client lacks the right.`);
  });
  const last = rows.at(-1);
  return { data: [...rows], ...(last === undefined || rows.length < limit ? {} : { next: String(last.id) }) };
}
