import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { CoupaRequisition } from '../../connectors/coupa/types.ts';
import { ConnectorError, TerminalError } from '../../connectors/http/errors.ts';

/** `unreadable`: Coupa has it, but in no shape that says anything; its approvals' own looks report that. */
export type RequisitionRead = CoupaRequisition | 'gone' | 'unreadable';

export interface ReadResult {
  /** By requisition id. */
  readonly read: ReadonlyMap<number, RequisitionRead>;
  /** False: the requests ran out before every requisition was read. */
  readonly complete: boolean;
  /** Whether the list is worth its request here: it was not refused, and gave more than single reads had to add. */
  readonly listServes: boolean;
}

interface ReadOptions {
  /** Counts one request; false when none is left. */
  readonly spend: () => boolean;
  /** True: the tenant's list has proved useless. */
  readonly singly: boolean;
  /** Whether a row of the list would make a difference: then it is read by itself, since a list may leave things out. */
  readonly isNews: (row: CoupaRequisition) => boolean;
  /** True: the same trouble was met before. A 5xx then is taken for this request's own, as of a broken record. */
  readonly again: boolean;
  readonly signal: AbortSignal;
}

/** More broken records than these on one page, and Coupa itself is in trouble. */
const mostBroken = 3;

/** A refusal of this request by itself. A refused credential or a redirect would meet every other one as well. */
export function concernsRequestOnly(error: unknown, again: boolean): error is ConnectorError {
  if (!(error instanceof ConnectorError) || error.status === undefined) return false;
  const { status } = error;
  if (error instanceof TerminalError) return status !== 401 && (status < 300 || status >= 400);
  return again && status >= 500;
}

async function list(coupa: CoupaClient, ids: readonly number[], { signal, again }: ReadOptions) {
  try {
    return await coupa.listRequisitions(ids, { signal, priority: 'poll' });
  } catch (error) {
    // A list that is too large, or in another shape, is no use either.
    if (concernsRequestOnly(error, again)) return undefined;
    throw error;
  }
}

async function single(
  coupa: CoupaClient,
  id: number,
  { signal, again }: ReadOptions,
): Promise<RequisitionRead> {
  try {
    return (await coupa.getRequisition(id, { signal, priority: 'poll' })) ?? 'gone';
  } catch (error) {
    // One requisition that cannot be read must not keep the pass from all behind it; a missing right concerns all.
    if (concernsRequestOnly(error, again) && error.status !== 403) return 'unreadable';
    throw error;
  }
}

/**
 * Reads requisitions, at most 50: by one list request where the tenant serves it, and one by one whatever the list
 * lacks or shows as news, so that nothing counts as gone or changed by a list alone. Throws the connector's errors for anything that is not
 * one requisition's own trouble.
 */
export async function readRequisitions(
  coupa: CoupaClient,
  ids: readonly number[],
  options: ReadOptions,
): Promise<ReadResult> {
  const { spend, singly, isNews } = options;
  const read = new Map<number, RequisitionRead>();
  let listServes = !singly;
  if (!singly && ids.length > 0) {
    if (!spend()) return { read, complete: false, listServes };
    const rows = await list(coupa, ids, options);
    listServes = rows !== undefined;
    for (const row of rows ?? []) if (ids.includes(row.id) && !isNews(row)) read.set(row.id, row);
  }
  const listed = read.size;
  let added = 0;
  let broken = 0;
  for (const id of ids) {
    if (read.has(id)) continue;
    if (!spend()) return { read, complete: false, listServes: listServes && added <= listed };
    const one = await single(coupa, id, broken < mostBroken ? options : { ...options, again: false });
    if (one === 'unreadable') broken += 1;
    if (one !== 'gone') added += 1;
    read.set(id, one);
  }
  return { read, complete: true, listServes: listServes && added <= listed };
}
