import { createHash } from 'node:crypto';
import { log } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { HandOffRule } from '../../config/config.ts';
import type { CoupaClient } from '../../connectors/coupa/client.ts';
import type { CoupaOrderable } from '../../connectors/coupa/orderable.ts';
import type { HandOffCursor, HandOffPassInput, HandOffPassResult } from '../../contract/poll.ts';
import { beginHandOff } from '../hand-off/begin.ts';
import { handOffNotes, type HandOffNote } from '../hand-off/notes.ts';
import { selects } from '../hand-off/selects.ts';
import { concernsRequestOnly } from './read-requisitions.ts';
import { knownHandOffs, type KnownHandOff } from './known-hand-offs.ts';

/** `updated-at` has whole seconds, and clocks differ: a round asks from a little before the one before it began. */
const overlapMs = 10 * 60_000;
/** Share of the requests that what was touched lately may take, so that the slow round always goes on. */
const shareOfTouched = 0.6;
/** Pages of the slow round in one run. */
const sweptPages = 2;

interface HandOffPassDeps {
  readonly coupa: CoupaClient;
  readonly client: Client;
  readonly rule: HandOffRule;
}

interface Attempt {
  /** Where an attempt before this one came to, from its last heartbeat. */
  readonly resumed: HandOffPassResult | undefined;
  /** True: it failed more than once before, so that what it meets may stay. */
  readonly again: boolean;
  readonly signal: AbortSignal;
  readonly beat: (progress: HandOffPassResult) => void;
}

/** Names a rule: with another one, what was touched since its first day is looked through anew. */
function ruleFingerprint(rule: HandOffRule): string {
  const { since, suppliers, commodities, currencies, atLeast = '', atMost = '' } = rule;
  const all = JSON.stringify([since, suppliers, commodities, currencies, atLeast, atMost]);
  return createHash('sha256').update(all).digest('hex').slice(0, 12);
}

/** The cursor to go on from: the one that was kept, unless it belongs to another rule. */
function cursorFor(rule: HandOffRule, kept: HandOffCursor | undefined, now: string): HandOffCursor {
  const fingerprint = ruleFingerprint(rule);
  if (kept?.rule === fingerprint) return kept;
  const touchedSince = new Date(`${rule.since}T00:00:00Z`).toISOString();
  return { rule: fingerprint, touchedSince, after: 0, begunAt: now, sweptTo: 0 };
}

/** One that ended because it was not wanted is begun once more, and not at once: both looks at Coupa may differ. */
const notWantedAgainMs = 10 * 60_000;

/**
 * Whether an approved requisition may lack its hand-over: Temporal knows of none, or the one it knows has closed, and
 * the requisition was submitted after it began (reopened and approved again) or was not to be ordered at that moment.
 */
export function mayLack(
  { submittedAt }: Pick<CoupaOrderable, 'submittedAt'>,
  known: KnownHandOff | undefined,
  now: string,
): boolean {
  if (known === undefined) return true;
  const { open, startedAtMs, notWanted } = known;
  if (open) return false;
  if (notWanted && Date.parse(now) - startedAtMs > notWantedAgainMs) return true;
  return Date.parse(submittedAt ?? '') > startedAtMs;
}

/**
 * Looks through approved requisitions for such as the rule selects and nobody hands over: first those that Coupa
 * touched lately, then a slice of all of them, since Coupa may change one without a new `updated-at` (P10). A
 * requisition that Temporal does not know is started only after a look at its comments: one that names its purchase
 * request was ordered longer ago than Temporal remembers. Both rounds go on in the next run where the requests are at
 * an end. Throws the connector's errors.
 */
export async function handOffPass(
  deps: HandOffPassDeps,
  { cursor: kept, now, maxRequests }: HandOffPassInput,
  { resumed, again, signal, beat }: Attempt,
): Promise<HandOffPassResult> {
  const { coupa, client, rule } = deps;
  let progress: HandOffPassResult = resumed ?? {
    cursor: cursorFor(rule, kept, now),
    requests: 0,
    rows: 0,
    begun: 0,
  };
  const tell = (
    more: Partial<Omit<HandOffPassResult, 'cursor'>>,
    cursor: Partial<HandOffCursor> = {},
  ): void => {
    progress = { ...progress, ...more, cursor: { ...progress.cursor, ...cursor } };
    beat(progress);
  };
  const spend = (most: number): boolean => {
    if (progress.requests >= most) return false;
    tell({ requests: progress.requests + 1 });
    return true;
  };

  /** Of a requisition whose comments cannot be read by themselves nothing: its own workflow says so to people. */
  async function notesOf(id: number): Promise<readonly HandOffNote[] | undefined> {
    try {
      return handOffNotes(id, await coupa.listComments(id, { signal, priority: 'poll' }));
    } catch (error) {
      if (concernsRequestOnly(error, again) && error.status !== 403) return undefined;
      throw error;
    }
  }

  /** False: the requests are at an end, and nothing is known of this requisition. */
  async function handOver(
    requisition: CoupaOrderable,
    known: KnownHandOff | undefined,
    most: number,
  ): Promise<boolean> {
    if (!spend(most)) return false;
    const { id } = requisition;
    const notes = await notesOf(id);
    if (notes?.some(({ settled }) => settled) === true) return true;
    // The note of one that began and has closed stops the next one, which asks a human: nothing is left out unnoticed.
    const begun = await beginHandOff(client, id, { again: known !== undefined });
    if (begun === 'begun') tell({ begun: progress.begun + 1 });
    return true;
  }

  /** One page behind `afterId`. `to`: where it came to, less than the page where the requests are at an end. */
  async function page(
    afterId: number,
    most: number,
    updatedSince?: Date,
  ): Promise<{ readonly to: number; readonly more: 'page' | 'requests' | 'none' }> {
    const options = { afterId, updatedSince, priority: 'poll', signal } as const;
    const { rows, unreadable, last } = await coupa.listApproved(options);
    if (unreadable.length > 0) {
      log.warn('approved, but cannot be read, and is not handed to SAP Concur', {
        requisitionIds: unreadable,
      });
    }
    const selected = rows.filter((row) => selects(rule, row));
    const ids = selected.map(({ id }) => id);
    const known = await knownHandOffs(client, ids);
    let to = afterId;
    for (const requisition of selected) {
      signal.throwIfAborted();
      const { id } = requisition;
      if (mayLack(requisition, known.get(id), now) && !(await handOver(requisition, known.get(id), most))) {
        return { to, more: 'requests' };
      }
      to = id;
    }
    tell({ rows: progress.rows + rows.length });
    return last === undefined ? { to, more: 'none' } : { to: last, more: 'page' };
  }

  async function touched(most: number): Promise<void> {
    const { touchedSince } = progress.cursor;
    if (progress.cursor.after === 0) tell({}, { begunAt: now });
    while (spend(most)) {
      const { to, more } = await page(progress.cursor.after, most, new Date(touchedSince));
      if (more === 'none') {
        const next = new Date(Date.parse(progress.cursor.begunAt) - overlapMs).toISOString();
        tell({}, { touchedSince: next > touchedSince ? next : touchedSince, after: 0 });
        return;
      }
      tell({}, { after: to });
      if (more === 'requests') return;
    }
  }

  async function sweep(): Promise<void> {
    for (let pages = 0; pages < sweptPages && spend(maxRequests); pages += 1) {
      const { to, more } = await page(progress.cursor.sweptTo, maxRequests);
      tell({}, { sweptTo: more === 'none' ? 0 : to });
      if (more !== 'page') return;
    }
  }

  const shared = Math.max(Math.min(2, maxRequests), Math.floor(maxRequests * shareOfTouched));
  await touched(shared);
  await sweep();
  return progress;
}
