import { cancellationSignal, Context, heartbeat } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { PendingApprovalRow } from '../../connectors/coupa/types.ts';
import type { PassInput, PassResult, StatePassInput } from '../../contract/poll.ts';
import { recheck } from '../engine/approvals.ts';
import { begin } from './begin.ts';
import { openAmong, openInRange } from './open-approvals.ts';
import { pendingPages, type Page } from './pages.ts';
import { startMissing } from './start-missing.ts';
import { statePass } from './state-pass.ts';
import { toldLately } from './told.ts';

export interface PollDeps {
  readonly coupa: CoupaClient;
  readonly client: Client;
  readonly pollIntervalMs: number;
  /** Names the policy in force: an approval whose last look applied another one is told to look again. */
  readonly policy: string;
}

/**
 * All polling stays under 10 % of Coupa's 25 requests a second: 150 a minute, of which a full pass takes these,
 * a quick pass as many with its two queries, and the state pass what is left.
 */
const fullPassPages = 40;
const quickPassPages = 20;
/** Ids are not handed out strictly in order: the quick pass looks a little below the highest one seen. */
const idOverlap = 200;
/** `updated-at` has whole seconds, and clocks differ: the window overlaps the one before by minutes. */
const updatedOverlapMs = 5 * 60_000;

/**
 * What was seen outside a page stays seen: a slice that comes round only every few runs would otherwise see each
 * closed workflow's row for the first time, every time. Inside the page, the page itself says it anew.
 */
function seenOutside({ seenClosed }: PassResult, { after, upTo }: Page): PassResult['seenClosed'] {
  return Object.fromEntries(
    Object.entries(seenClosed).filter(([id]) => Number(id) <= after || Number(id) > (upTo ?? Infinity)),
  );
}

/** Activities of the queue `coupa-poll`: they find what changed in Coupa and tell the approvals' workflows. */
export function createPollActivities({ coupa, client, pollIntervalMs, policy }: PollDeps) {
  async function start(
    progress: PassResult,
    rows: readonly PendingApprovalRow[],
    open: Set<number>,
    input: PassInput,
  ) {
    const missing = rows.filter((row) => !open.has(row.id));
    const { started, seenClosed } = await startMissing(client, missing, input, cancellationSignal());
    return {
      ...progress,
      requests: progress.requests + 1,
      rows: progress.rows + rows.length,
      started: progress.started + started,
      seenClosed: { ...progress.seenClosed, ...seenClosed },
      highestSeen: Math.max(progress.highestSeen, ...rows.map((row) => row.id)),
    };
  }

  async function tell(progress: PassResult, page: Page, open: Set<number>, now: string): Promise<PassResult> {
    const pending = new Set(page.rows.map((row) => row.id));
    const told = { ...progress.told };
    let rechecked = 0;
    for (const id of open) {
      if (pending.has(id) || told[id] !== undefined) continue;
      cancellationSignal().throwIfAborted();
      await recheck(client, id);
      told[id] = now;
      rechecked += 1;
    }
    return { ...progress, told: toldLately(told, now), rechecked: progress.rechecked + rechecked };
  }

  return {
    /** What is new: rows above the highest id seen, and rows that Coupa touched lately. Misses are no harm (P10). */
    async quickPass(input: PassInput): Promise<PassResult> {
      const signal = cancellationSignal();
      let progress: PassResult = { ...begin(input), seenClosed: {} };
      const updatedSince = new Date(Date.parse(input.now) - updatedOverlapMs - pollIntervalMs);
      const queries = [
        { afterId: Math.max(0, input.highestSeen - idOverlap), maxPages: quickPassPages, signal },
        { afterId: 0, maxPages: quickPassPages, updatedSince, signal },
      ];
      for (const query of queries) {
        for await (const page of pendingPages(coupa, query)) {
          const open = await openAmong(
            client,
            page.rows.map((row) => row.id),
          );
          progress = await start(progress, page.rows, open, input);
          heartbeat();
        }
      }
      return progress;
    },

    /** A slice of everything pending (P10): starts what has no workflow, tells open ones whose row is gone. */
    async fullPass(input: PassInput): Promise<PassResult> {
      const signal = cancellationSignal();
      // After a crash the pass goes on behind the last page, which the heartbeat carries.
      const resumed = Context.current().info.heartbeatDetails as PassResult | undefined;
      let progress = resumed ?? begin(input);
      const passStart = new Date(input.now);
      const query = { afterId: progress.cursor, maxPages: fullPassPages, signal };
      for await (const page of pendingPages(coupa, query)) {
        const open = await openInRange(client, page, passStart);
        progress = { ...progress, seenClosed: seenOutside(progress, page) };
        progress = await start(progress, page.rows, open, input);
        progress = await tell(progress, page, open, input.now);
        progress = { ...progress, cursor: page.upTo ?? 0 };
        heartbeat(progress);
        if (page.upTo === undefined) break;
      }
      return progress;
    },

    /**
     * A slice of all open approvals: tells those whose requisition is no longer what their memo says. A withdrawn
     * or edited requisition keeps its pending row, so the other passes do not see it.
     */
    statePass(input: StatePassInput): Promise<PassResult> {
      const { info } = Context.current();
      const resumed = info.heartbeatDetails as PassResult | undefined;
      return statePass({ coupa, client, policy }, input, {
        progress: resumed ?? begin(input),
        again: info.attempt > 2,
        signal: cancellationSignal(),
        beat: heartbeat,
      });
    },
  };
}
