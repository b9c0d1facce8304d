import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { CoupaRequisition } from '../../connectors/coupa/types.ts';
import { TerminalError } from '../../connectors/http/errors.ts';

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
  readonly signal: AbortSignal;
}

/** A refusal of this request by itself. A refused credential or a redirect would meet every other one as well. */
function concernsRequestOnly(error: unknown): error is TerminalError {
  if (!(error instanceof TerminalError) || error.status === undefined) return false;
  const { status } = error;
  return status !== 401 && (status < 300 || status >= 400);
}

async function list(coupa: CoupaClient, ids: readonly number[], signal: AbortSignal) {
  try {
    return await coupa.listRequisitions(ids, { signal });
  } catch (error) {
    // A list that is too large, or in another shape, is no use either.
    if (concernsRequestOnly(error)) return undefined;
    throw error;
  }
}

async function single(coupa: CoupaClient, id: number, signal: AbortSignal): Promise<RequisitionRead> {
  try {
    return (await coupa.getRequisition(id, { signal })) ?? 'gone';
  } catch (error) {
    // One requisition that cannot be read must not keep the pass from all behind it; a missing right concerns all.
    if (concernsRequestOnly(error) && error.status !== 403) return 'unreadable';
    throw error;
  }
}

/**
 * Reads requisitions, at most 50: by one list request where the tenant serves it, and one by one whatever the list
 * lacks, so that nothing counts as gone by a list alone. Throws the connector's errors for anything that is not
 * one requisition's own trouble.
 */
export async function readRequisitions(
  coupa: CoupaClient,
  ids: readonly number[],
  { spend, singly, signal }: ReadOptions,
): Promise<ReadResult> {
  const read = new Map<number, RequisitionRead>();
  let listServes = !singly;
  if (!singly && ids.length > 0) {
    if (!spend()) return { read, complete: false, listServes };
    const rows = await list(coupa, ids, signal);
    listServes = rows !== undefined;
    for (const row of rows ?? []) if (ids.includes(row.id)) read.set(row.id, row);
  }
  const listed = read.size;
  let added = 0;
  for (const id of ids) {
    if (read.has(id)) continue;
    if (!spend()) return { read, complete: false, listServes };
    const one = await single(coupa, id, signal);
    if (one !== 'gone') added += 1;
    read.set(id, one);
  }
  return { read, complete: true, listServes: listServes && added <= listed };
}
