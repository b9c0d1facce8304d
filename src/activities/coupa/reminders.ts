import type { QuietSpan } from '../../config/config.ts';
import type { ReminderClock, ReminderPlan } from '../../contract/reminders.ts';
import { createQuietHours, type QuietHours } from './quiet-hours.ts';

/** When whoever holds a card is reminded of it. */
export interface ReminderPolicy {
  /** Counted from the first card, ascending; empty: nobody is reminded. */
  readonly remindAfterMs: readonly number[];
  /** Again and again after the last of `remindAfterMs`. */
  readonly remindEveryMs?: number | undefined;
  readonly quietHours: readonly QuietSpan[];
  /** Of the quiet hours. */
  readonly timeZone: string;
}

/** After a reminder that quiet hours held back, the next slot is passed over when it is this near. */
const nearMs = 4 * 60 * 60_000;

const never: ReminderPlan = { due: false, nextAt: null };

/** The first slot after an instant, and the last one up to it. By arithmetic: years of minutes cost nothing. */
function slotsAround(askedMs: number, atMs: number, policy: ReminderPolicy) {
  const { remindAfterMs, remindEveryMs } = policy;
  const slots = remindAfterMs.map((afterMs) => askedMs + afterMs);
  const next = slots.find((slot) => slot > atMs);
  const last = slots.findLast((slot) => slot <= atMs);
  if (next !== undefined || last === undefined || remindEveryMs === undefined) return { last, next };
  const sinceSlotMs = (atMs - last) % remindEveryMs;
  return { last: atMs - sinceSlotMs, next: atMs - sinceSlotMs + remindEveryMs };
}

/** Half of the shortest time between two slots, and never more than `nearMs`. */
function toleranceMs({ remindAfterMs, remindEveryMs = Infinity }: ReminderPolicy): number {
  const steps = remindAfterMs.map((afterMs, index) => afterMs - (remindAfterMs[index - 1] ?? 0));
  return Math.min(nearMs, Math.min(remindEveryMs, ...steps) / 2);
}

/**
 * The first slot that a reminder at `remindedMs` has not served. One that waited for the end of quiet hours serves a
 * slot that follows closely, too: nobody is reminded on Monday at eight and again at nine.
 */
function slotAfter(
  askedMs: number,
  remindedMs: number,
  policy: ReminderPolicy,
  quiet: QuietHours,
): number | undefined {
  const { last, next } = slotsAround(askedMs, remindedMs, policy);
  if (last === undefined || next === undefined || !quiet.isQuiet(last)) return next;
  return slotsAround(askedMs, remindedMs + toleranceMs(policy), policy).next;
}

function planned(due: boolean, nextMs: number | undefined): ReminderPlan {
  const next = new Date(nextMs ?? NaN);
  return { due, nextAt: Number.isNaN(next.getTime()) ? null : next.toISOString() };
}

/**
 * Whether a reminder is due now, and when to look again. Slots lie at `remindAfterMs` after the first card, then every
 * `remindEveryMs`; however many were missed, one reminder serves them all. None is due in quiet hours: it waits for
 * their end. Pure.
 *
 * @param clock undefined before anybody was asked: planned as if the first card went out now
 * @returns `nextAt` lies after `now`; a date that cannot be read gives no reminder ever
 */
export function planReminder(
  clock: ReminderClock | undefined,
  now: Date,
  policy: ReminderPolicy,
): ReminderPlan {
  const nowMs = now.getTime();
  const askedMs = clock === undefined ? nowMs : Date.parse(clock.askedAt);
  const remindedMs = clock?.remindedAt === undefined ? askedMs : Date.parse(clock.remindedAt);
  if (![nowMs, askedMs, remindedMs].every(Number.isFinite)) return never;

  const quiet = createQuietHours(policy.quietHours, policy.timeZone);
  const awake = (slot: number | undefined) => (slot === undefined ? undefined : quiet.quietUntil(slot));
  const slot = slotAfter(askedMs, remindedMs, policy, quiet);
  if (slot === undefined) return never;
  if (slot > nowMs) return planned(false, awake(slot));
  if (quiet.isQuiet(nowMs)) return planned(false, quiet.quietUntil(nowMs));
  return planned(true, awake(slotAfter(askedMs, nowMs, policy, quiet)));
}
