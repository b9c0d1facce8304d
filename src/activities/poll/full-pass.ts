import type { Client } from '@temporalio/client';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { PendingApprovalRow } from '../../connectors/coupa/types.ts';
import type { PassInput, PassResult } from '../../contract/poll.ts';
import { recheck } from '../engine/approvals.ts';
import { openInRange } from './open-approvals.ts';
import { highestOf, pendingPages, type Page } from './pages.ts';
import { boundedSeen, seenOutside } from './seen-closed.ts';
import { startMissing } from './start-missing.ts';
import { toldInThisRun, toldLately } from './told.ts';

/** Requests of one run's slice: 2,000 rows. */
const mostPages = 40;

interface FullDeps {
  readonly coupa: CoupaClient;
  readonly client: Client;
}

/**
 * Starts what has no workflow. A row below the highest one that the quick pass has seen has waited, or there are too many
 * to tell; one above it has come since.
 */
async function start(
  { client }: FullDeps,
  { rows, ...range }: Page,
  open: ReadonlySet<number>,
  run: { readonly progress: PassResult; readonly input: PassInput; readonly signal: AbortSignal },
): Promise<PassResult> {
  const { progress, input, signal } = run;
  const missing = rows.filter((row) => !open.has(row.id));
  const isBacklog = ({ id }: PendingApprovalRow) => id <= input.highestSeen;
  const old = await startMissing(client, missing.filter(isBacklog), { ...input, backlog: true }, signal);
  const young = missing.filter((row) => !isBacklog(row));
  const fresh = await startMissing(client, young, { ...input, backlog: false }, signal);
  const seen = { ...old.seenClosed, ...fresh.seenClosed };
  return {
    ...progress,
    requests: progress.requests + 1,
    rows: progress.rows + rows.length,
    started: progress.started + old.started + fresh.started,
    seenClosed: boundedSeen({ ...seenOutside(progress.seenClosed, { rows, ...range }), ...seen }),
    highestSeen: highestOf(progress.highestSeen, { rows, ...range }),
  };
}

/** Tells open workflows whose row is gone, as many as may be; those left over are still gone in the next round. */
async function tell(
  { client }: FullDeps,
  { rows }: Page,
  open: ReadonlySet<number>,
  run: { readonly progress: PassResult; readonly input: PassInput; readonly signal: AbortSignal },
): Promise<PassResult> {
  const { progress, input, signal } = run;
  const pending = new Set(rows.map((row) => row.id));
  const told = { ...progress.told };
  const toldNow = toldInThisRun(told, input.now);
  let { rechecked } = progress;
  for (const id of open) {
    if (pending.has(id) || told[id] !== undefined) continue;
    if (rechecked >= input.maxTold) break;
    signal.throwIfAborted();
    told[id] = input.now;
    // Another pass of this very run has told it to look, and that look will see this, too.
    if (toldNow.has(id)) continue;
    await recheck(client, id);
    rechecked += 1;
  }
  return { ...progress, told: toldLately(told, input.now), rechecked };
}

/** A slice of everything pending (P10): starts what has no workflow, tells open ones whose row is gone. */
export async function fullPass(
  deps: FullDeps,
  input: PassInput,
  attempt: {
    /** Where it begins: behind the last page of an attempt before it, which a heartbeat carries. */
    readonly progress: PassResult;
    readonly signal: AbortSignal;
    readonly beat: (progress: PassResult) => void;
    /** True: its time is over, and what is left waits for the next run. */
    readonly isOver: () => boolean;
  },
): Promise<PassResult> {
  const { signal, beat, isOver } = attempt;
  let { progress } = attempt;
  const maxPages = Math.min(mostPages, Math.max(1, input.maxRequests - progress.requests));
  const passStart = new Date(input.now);
  for await (const page of pendingPages(deps.coupa, { afterId: progress.cursor, maxPages, signal })) {
    const open = await openInRange(deps.client, page, passStart);
    progress = await start(deps, page, open, { progress, input, signal });
    progress = await tell(deps, page, open, { progress, input, signal });
    progress = { ...progress, cursor: page.upTo ?? 0 };
    beat(progress);
    if (page.upTo === undefined || isOver()) break;
  }
  return progress;
}
