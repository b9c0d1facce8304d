import type { QuietSpan } from '../../config/config.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const minuteMs = 60_000;
const weekMs = 7 * 24 * 60 * minuteMs;

/** The last instant that a Date can hold. */
const maxInstantMs = 8.64e15;

/** When reminders wait. */
export interface QuietHours {
  /** Instants in and out are milliseconds since the epoch. */
  readonly isQuiet: (atMs: number) => boolean;
  /** The first instant that is not quiet, at or after the given one; undefined when none is known. */
  readonly quietUntil: (atMs: number) => number | undefined;
}

/** Reads the local week: milliseconds since Monday 00:00 as the wall clock shows them. */
function weekClock(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return (atMs) => {
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const [hour, minute, second] = (['hour', 'minute', 'second'] as const).map((type) =>
      Number(parts.get(type)),
    );
    const day = weekdays.indexOf(parts.get('weekday') ?? '');
    const seconds = ((day * 24 + (hour ?? 0)) * 60 + (minute ?? 0)) * 60 + (second ?? 0);
    // Zones differ by whole seconds, so the rest is everywhere the same.
    return seconds * 1_000 + (((atMs % 1_000) + 1_000) % 1_000);
  };
}

/**
 * Quiet parts of the local week, on the wall clock of the zone: where clocks are put forward or back within them, they
 * still end at the hour that was set.
 *
 * @param timeZone a name of the IANA list; Intl throws a RangeError for any other
 */
export function createQuietHours(spans: readonly QuietSpan[], timeZone: string): QuietHours {
  const clock = weekClock(timeZone);

  /** How long the wall clock has to run until the quiet span around this instant ends; 0 outside of one. */
  function restMs(atMs: number): number {
    const local = clock(atMs);
    const span = spans.find(
      (each) => local >= each.fromMinute * minuteMs && local < each.toMinute * minuteMs,
    );
    return span === undefined ? 0 : span.toMinute * minuteMs - local;
  }

  /** Whether the wall clock ran as true time did between two instants less than a week apart. */
  function ranEvenly(fromMs: number, toMs: number): boolean {
    return (clock(toMs) - clock(fromMs) - (toMs - fromMs)) % weekMs === 0;
  }

  /** The first instant after a change of the clocks that lies between the two. */
  function changeBetween(fromMs: number, toMs: number): number {
    let [before, after] = [fromMs, toMs];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (ranEvenly(fromMs, middle)) before = middle;
      else after = middle;
    }
    return after;
  }

  return {
    isQuiet: (atMs) => restMs(atMs) > 0,

    quietUntil(atMs) {
      let instant = atMs;
      // Four steps get over the turn of the week and a change of the clocks. A gap in the quiet hours that one change
      // leaps over comes again a week later; only a policy without any gap needs more.
      for (let step = 0; step < 12; step += 1) {
        if (instant > maxInstantMs) return undefined;
        const rest = restMs(instant);
        if (rest === 0) return instant;
        const end = instant + rest;
        if (end > maxInstantMs) return undefined;
        instant = ranEvenly(instant, end) ? end : changeBetween(instant, end);
      }
      return undefined;
    },
  };
}
