import type { Client } from '@temporalio/client';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { PendingApprovalRow } from '../../connectors/coupa/types.ts';
import type { PassInput, PassResult } from '../../contract/poll.ts';
import { openAmong } from './open-approvals.ts';
import { newestPage, type NewestQuery } from './pages.ts';
import { startMissing } from './start-missing.ts';

/** Requests for each of the two queries: beyond them the full pass finds what is new. */
const mostPages = 20;
/** Share of the pass's requests that each query may take, so that a flood in one leaves some to the other. */
const shareOfQuery = 0.4;
/** Ids are not handed out strictly in order: the quick pass looks a little below the highest one seen. */
const idOverlap = 200;
/** So many of a query are new without doubt; of more, as at a first start, the newest are. */
const mostFresh = 100;

/** The pass asks so many things: what has a higher id, and what was touched lately. */
export const quickQueries = 2;

/** Where an attempt is, for the next one after a crash. */
export interface QuickProgress extends PassResult {
  readonly resume: { readonly query: number; readonly beforeId?: number };
}

/** What is new: rows above the highest id seen, and rows that Coupa touched lately. Misses are no harm (P10). */
export async function quickPass(
  { coupa, client }: { readonly coupa: CoupaClient; readonly client: Client },
  input: PassInput,
  run: {
    readonly begun: PassResult | QuickProgress;
    readonly updatedSince: Date;
    readonly signal: AbortSignal;
    readonly beat: (progress: QuickProgress) => void;
  },
): Promise<PassResult> {
  const { signal, updatedSince } = run;
  const { resume, ...begun }: PassResult & Partial<QuickProgress> = run.begun;
  let progress: PassResult = begun;
  const started = new Set<number>();
  let fresh = mostFresh;

  async function start(rows: readonly PendingApprovalRow[]): Promise<void> {
    const ids = rows.map(({ id }) => id);
    const open = await openAmong(client, ids);
    // Temporal's list lags: what this run has started may not be in it yet.
    const missing = rows.filter(({ id }) => !open.has(id) && !started.has(id));
    for (const [some, backlog] of [
      [missing.slice(0, fresh), false],
      [missing.slice(fresh), true],
    ] as const) {
      const done = await startMissing(client, some, { ...input, backlog }, signal);
      progress = {
        ...progress,
        started: progress.started + done.started,
        seenClosed: { ...progress.seenClosed, ...done.seenClosed },
      };
    }
    fresh = Math.max(0, fresh - missing.length);
    for (const { id } of missing) started.add(id);
    progress = {
      ...progress,
      rows: progress.rows + rows.length,
      highestSeen: Math.max(progress.highestSeen, ...ids),
    };
  }

  const pagesOf = Math.min(mostPages, Math.max(1, Math.floor(input.maxRequests * shareOfQuery)));
  const queries: readonly NewestQuery[] = [
    { afterId: Math.max(0, input.highestSeen - idOverlap) },
    { updatedSince },
  ];
  for (const [index, query] of queries.entries()) {
    if (index < (resume?.query ?? 0)) continue;
    // What came while the first query went over what had waited must not count as that.
    fresh = mostFresh;
    const beforeId = index === resume?.query ? resume.beforeId : undefined;
    let next: NewestQuery | undefined = beforeId === undefined ? query : { ...query, beforeId };
    for (let page = 0; page < pagesOf && next !== undefined; page += 1) {
      const found: Awaited<ReturnType<typeof newestPage>> = await newestPage(coupa, next, signal);
      progress = { ...progress, requests: progress.requests + 1 };
      await start(found.rows);
      next = found.next;
      const before = next?.beforeId;
      const at = next === undefined ? index + 1 : index;
      run.beat({ ...progress, resume: { query: at, ...(before === undefined ? {} : { beforeId: before }) } });
    }
  }
  return progress;
}
