import type { Client } from '@temporalio/client';
import { recordOf } from '../../api/engine/record.ts';
import { readMemo } from '../../api/engine/stored.ts';
import { within } from '../../api/engine/within.ts';
import { mapBounded } from '../../api/look-ups.ts';
import { workflowTypes } from '../../contract/ids.ts';
import { approvalsPage } from '../../visibility/approvals-page.ts';
import { watchedByMemo, watchedOf, type Watched } from './watched.ts';

const listDeadlineMs = 10_000;
const recordDeadlineMs = 5_000;
const pageSize = 500;
/** Bounds on what one report reads; what lies beyond is counted in `left` and said in the report. */
const maxListed = 10_000;
const maxRecords = 3_000;

/** The workflows of a period, and what the bounds left out. */
export interface ReadWorkflows {
  readonly watched: ReadonlyMap<number, Watched>;
  /** Names by Coupa user id, as the records have them. Printed only when asked for (P9). */
  readonly names: ReadonlyMap<number, string>;
  /** More of them than are read. */
  readonly truncated: boolean;
  /** Of how many only the memo was read. */
  readonly memoOnly: number;
}

interface Run {
  readonly kind: 'open' | 'closed';
  readonly approvalId: number;
  readonly runId: string;
  readonly memo: ReturnType<typeof readMemo>;
}

/** Throws `EngineUnavailable` when Temporal does not answer. */
async function listRuns(client: Client, kind: Run['kind'], condition: string): Promise<Run[]> {
  const query = `WorkflowType="${workflowTypes.approval}" AND ${condition}`;
  const runs: Run[] = [];
  let token: Uint8Array = new Uint8Array();
  do {
    const from = token;
    const page = await within(client, listDeadlineMs, () =>
      approvalsPage(client, { query, pageSize, token: from }),
    );
    for (const { approvalId, runId, memo } of page.runs) {
      runs.push({ kind, approvalId, runId, memo: readMemo(memo) });
    }
    token = page.token;
  } while (token.length > 0 && runs.length < maxListed);
  return runs;
}

/**
 * Every approval that waits, or whose workflow closed since then, with its record: of a closed one its result, of an
 * open one the answer to a query, which needs a worker. Throws `EngineUnavailable`.
 */
export async function readWorkflows(client: Client, since: Date): Promise<ReadWorkflows> {
  const open = await listRuns(client, 'open', 'ExecutionStatus="Running"');
  const ended = `ExecutionStatus!="Running" AND ExecutionStatus!="ContinuedAsNew" AND CloseTime>="${since.toISOString()}"`;
  const closed = await listRuns(client, 'closed', ended);
  // An approval that was started again has several runs: the open one, or the newest, is told of.
  const newest = new Map<number, Run>();
  for (const run of [...open, ...closed]) {
    if (!newest.has(run.approvalId)) newest.set(run.approvalId, run);
  }
  // What has ended first: it is what Coupa's decisions are compared with.
  const runs = [...newest.values()].toSorted((a, b) => Number(a.kind === 'open') - Number(b.kind === 'open'));
  const names = new Map<number, string>();
  const read = await mapBounded([...runs.entries()], async ([index, run]): Promise<Watched> => {
    const record =
      index < maxRecords ? await recordOf(client, run.approvalId, run, recordDeadlineMs) : undefined;
    for (const { id, name } of record?.approvers ?? []) names.set(id, name);
    return record === undefined ? watchedByMemo(run.approvalId, run.memo) : watchedOf(record);
  });
  return {
    watched: new Map(read.map((each) => [each.approvalId, each])),
    names,
    truncated: open.length >= maxListed || closed.length >= maxListed,
    memoOnly: read.filter(({ whole }) => !whole).length,
  };
}
