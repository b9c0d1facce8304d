import type { CoupaClient } from '../../connectors/coupa/client.ts';
import { LARGEST_PAGE } from '../../connectors/coupa/list-page.ts';
import type { OtherDocuments } from '../../contract/poll.ts';

/** Coupa knows about ten types; more than these are counted together, so that no tenant makes the result grow. */
const mostTypes = 20;
const typeLength = 60;

/** Nothing counted yet. */
export const noneCounted: OtherDocuments = { cursor: 0, counting: {} };

function counted(counting: OtherDocuments['counting'], type: string): OtherDocuments['counting'] {
  const short = type.slice(0, typeLength) || 'unknown';
  const name =
    counting[short] === undefined && Object.keys(counting).length >= mostTypes ? 'further types' : short;
  return { ...counting, [name]: (counting[name] ?? 0) + 1 };
}

/**
 * Goes on counting the pending rows of other documents by type, until the round or the requests are at an end. Gives
 * undefined where the tenant ignores a filter: it would be all requisitions, or the same page, over again. Throws the
 * connector's errors; a TerminalError where the tenant refuses the filter.
 */
export async function countOthers(
  coupa: CoupaClient,
  before: OtherDocuments,
  { spend, signal }: { readonly spend: () => boolean; readonly signal: AbortSignal },
): Promise<OtherDocuments | undefined> {
  let others = before;
  while (spend()) {
    const rows = await coupa.listPendingOtherDocuments({
      afterId: others.cursor,
      limit: LARGEST_PAGE,
      priority: 'poll',
      signal,
    });
    const { cursor } = others;
    if (rows.some(({ id, approvableType }) => approvableType === 'RequisitionHeader' || id <= cursor)) {
      return undefined;
    }
    const counting = rows.reduce((counts, row) => counted(counts, row.approvableType), others.counting);
    const last = rows.at(-1)?.id;
    if (rows.length < LARGEST_PAGE || last === undefined) return { ...noneCounted, counts: counting };
    others = { ...others, cursor: last, counting };
  }
  return others;
}
